import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Backup } from "../../../db/backups/catalogue";
import { chooseClient } from "../../../db/backups/client-programs";
import { compareDatabase } from "../../../db/backups/compare-database";
import { hashOf, type Manifest } from "../../../db/backups/manifest";
import { readSourceFacts } from "../../../db/backups/read-snapshot";
import { inspectFiles } from "../../../db/backups/restore-scratch";
import { writeBackup } from "../../../db/backups/write-backup";
import { backups } from "../../../db/console/backups";
import type { Worker } from "../../../db/jobs/worker";
import type { RunContext } from "../../../db/operation";
import { type BackupStage, openBackupStage } from "./backup-stage";

let stage: BackupStage;
let worker: Worker;
let id: string;
let whole: string;
let manifestHash: string;

const folder = () => join(stage.folder, id);
const dump = (...names: string[]) => join(folder(), "dump", ...names);
const manifestFile = () => join(folder(), "manifest.json");
/** The largest file of rows. */
const rows = () =>
  readdirSync(dump())
    .filter((name) => name.endsWith(".dat.gz"))
    .sort((one, other) => statSync(dump(other)).size - statSync(dump(one)).size);

beforeAll(async () => {
  stage = await openBackupStage();
  worker = await stage.startWorker();
  id = await stage.take();
  whole = `${stage.folder}.whole`;
  cpSync(folder(), whole, { recursive: true });
  manifestHash = (await stage.listRows())[0]?.manifestHash as string;
}, 60_000);
afterAll(async () => {
  await worker?.stop();
  rmSync(whole, { recursive: true, force: true });
  await stage?.close();
});

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  const position = at < 0 ? bytes.length + at : at;
  bytes[position] = (bytes[position] as number) ^ 1;
  writeFileSync(path, bytes);
}

/** Changes the manifest, and the catalogue with it, as somebody would who may write to both. */
async function rewrite(change: (manifest: Manifest) => void): Promise<void> {
  const manifest = JSON.parse(readFileSync(manifestFile(), "utf8")) as Manifest;
  change(manifest);
  const text = JSON.stringify(manifest);
  writeFileSync(manifestFile(), text);
  await stage.console
    .update(backups)
    .set({ manifestHash: hashOf(text) })
    .where(eq(backups.id, id));
}

const tableOf = (manifest: Manifest, name: string) =>
  manifest.tables.find((table) => table.name === name) as Manifest["tables"][number];

const corruptions: [string, () => void | Promise<void>, RegExp][] = [
  ["a bit in the middle of rows", () => flip(dump(rows()[0] as string), 40), /other bytes/],
  ["the last bit of rows", () => flip(dump(rows()[0] as string), -1), /other bytes/],
  ["a bit of the table of contents", () => flip(dump("toc.dat"), 300), /other bytes/],
  ["another version in the table of contents", () => flip(dump("toc.dat"), 6), /other bytes/],
  ["rows that are cut by a byte", () => truncateSync(dump(rows()[0] as string), 30), /has 30 bytes and had/],
  ["a table of contents that is cut", () => truncateSync(dump("toc.dat"), 1_000), /has 1000 bytes/],
  ["rows with a byte more", () => appendFileSync(dump(rows()[0] as string), "x"), /bytes and had/],
  ["a file that is empty", () => truncateSync(dump(rows()[1] as string), 0), /has 0 bytes/],
  ["a file that is deleted", () => unlinkSync(dump(rows()[1] as string)), /is gone/],
  ["a table of contents that is deleted", () => unlinkSync(dump("toc.dat")), /is gone/],
  [
    "two files that are swapped",
    () => {
      const [one, other] = [dump(rows()[0] as string), dump(rows()[1] as string)];
      renameSync(one, `${one}.x`);
      renameSync(other, one);
      renameSync(`${one}.x`, other);
    },
    /other bytes|bytes and had/,
  ],
  ["a file too many", () => copyFileSync(dump("toc.dat"), dump("9999.dat.gz")), /9999.dat.gz does not belong/],
  ["a dump that is deleted", () => rmSync(dump(), { recursive: true }), /is gone/],
  [
    "a dump that leads nowhere",
    () => {
      rmSync(dump(), { recursive: true });
      symlinkSync("/nowhere", dump());
    },
    /is gone/,
  ],
  ["a folder that is deleted", () => rmSync(folder(), { recursive: true }), /manifest is gone/],
  ["a manifest that is deleted", () => unlinkSync(manifestFile()), /manifest is gone/],
  ["a manifest that is edited", () => appendFileSync(manifestFile(), "\n"), /not the one that was written/],
  ["a manifest of another form", () => rewrite((manifest) => Object.assign(manifest, { format: 2 })), /does not know/],
  [
    "a count that is edited in manifest and catalogue",
    () => rewrite((manifest) => Object.assign(tableOf(manifest, "shifts"), { rowCount: 4 })),
    /public.shifts has 5 rows and had 4/,
  ],
  [
    "a checksum that is edited in manifest and catalogue",
    () => rewrite((manifest) => Object.assign(tableOf(manifest, "incidents"), { checksum: "1" })),
    /public.incidents has other content/,
  ],
  [
    "a schema that is another",
    () => rewrite((manifest) => Object.assign(manifest, { schemaFingerprint: hashOf("other") })),
    /Columns, constraints, indexes/,
  ],
  [
    "a ledger that is elsewhere",
    () => rewrite((manifest) => Object.assign(manifest, { ledgerVersion: 1 })),
    /ledger of the migrations/,
  ],
];
async function makeWhole(): Promise<void> {
  rmSync(folder(), { recursive: true, force: true });
  cpSync(whole, folder(), { recursive: true });
  const unproved = { manifestHash, proof: "none" as const, proofAt: null, restoreSeconds: null };
  await stage.console.update(backups).set(unproved).where(eq(backups.id, id));
}

/** A run as far as taking and comparing need one. */
async function openContext(): Promise<RunContext> {
  const [taken] = await stage.listRows();
  return {
    ...{ console: stage.console, securyflex: stage.securyflex, runId: taken?.runId },
    ...{ signal: new AbortController().signal, reach: () => undefined },
    ...{ log: async () => undefined, progress: async () => undefined },
    write: (work: Parameters<RunContext["write"]>[0]) => stage.console.transaction(work),
  } as unknown as RunContext;
}

test("there are twenty corruptions and more", () => expect(corruptions.length).toBeGreaterThanOrEqual(20));

test.each(corruptions)("%s is found before anything is called proved", async (_, corrupt, expected) => {
  await makeWhole();
  await corrupt();
  const context = await openContext();
  const [backup] = await stage.listRows();
  const { faults, manifest } = await inspectFiles(backup as Backup, context.signal);
  // The database that was backed up stands for one that was restored to the byte.
  const url = stage.environment.DATABASE_URL as string;
  const isDeep = manifest !== undefined && faults.length === 0;
  const found = isDeep ? await compareDatabase(url, manifest, { context, sessionName: "tests" }) : faults;
  expect(found.join(" ")).toMatch(expected);
});

test("a whole backup has no fault, by its files and by its rows", async () => {
  await makeWhole();
  const context = await openContext();
  const [backup] = await stage.listRows();
  const { faults, manifest } = await inspectFiles(backup as Backup, context.signal);
  const url = stage.environment.DATABASE_URL as string;
  const differences = await compareDatabase(url, manifest as Manifest, { context, sessionName: "tests" });
  expect([...faults, ...differences]).toEqual([]);
});

test.each([corruptions[0], corruptions.at(-4)] as typeof corruptions)(
  "with %s the run fails and the backup is damaged",
  async (_, corrupt, expected) => {
    await makeWhole();
    await corrupt();
    expect(await stage.verify(id)).toMatchObject({ state: "failed", outcome: expect.stringMatching(expected) });
    expect((await stage.listRows())[0]).toMatchObject({ proof: "damaged" });
    expect(await stage.listLeftovers()).toEqual([]);
  },
  60_000,
);

test("a dump that does not restore leaves the proof unknown, never green", async () => {
  await makeWhole();
  writeFileSync(dump("toc.dat"), "no archive");
  await rewrite((manifest) => {
    const entry = manifest.files.find(({ path }) => path === "dump/toc.dat") as Manifest["files"][number];
    Object.assign(entry, { sizeBytes: 10, sha256: hashOf("no archive") });
  });
  expect(await stage.verify(id)).toMatchObject({
    state: "failed",
    outcome: expect.stringMatching(/pg_restore failed/),
  });
  expect((await stage.listRows())[0]).toMatchObject({ proof: "unknown" });
  expect(await stage.listLeftovers()).toEqual([]);
}, 60_000);

test("an older pg_dump than the server is refused with the way out, and the nearest newer one is taken", () => {
  const client = (major: number) => ({ bin: `/usr/lib/postgresql/${major}/bin`, major, variables: {} });
  expect(() => chooseClient([client(15)], 17)).toThrow(/version 15. Install postgresql-client-17/);
  expect(() => chooseClient([], 17)).toThrow(/version none/);
  expect(chooseClient([client(18), client(14), client(16), client(17)], 16).major).toBe(16);
  expect(chooseClient([client(18), client(17)], 16).major).toBe(17);
});

test.runIf(process.getuid?.() === 0 && process.platform === "linux")(
  "a disk that is full while it is written fails the backup and leaves nothing of it",
  async () => {
    const small = `${stage.folder}.small`;
    const before = process.env.BACKUP_DIRECTORY;
    mkdirSync(small);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=96k", "tmpfs", small]);
    try {
      process.env.BACKUP_DIRECTORY = small;
      await expect(stage.take()).rejects.toThrow(/is free where the backups are/);
      const writing = writeBackup(await openContext(), await readSourceFacts(stage.securyflex));
      await expect(writing).rejects.toThrow(/pg_dump failed.*No space left|ENOSPC/s);
      expect((await stage.listRows()).at(-1)).toMatchObject({ state: "failed" });
      for (const name of readdirSync(small)) expect(readdirSync(join(small, name))).toEqual([]);
    } finally {
      process.env.BACKUP_DIRECTORY = before;
      execFileSync("umount", [small]);
    }
  },
  60_000,
);
