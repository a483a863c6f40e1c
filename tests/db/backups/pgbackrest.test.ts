import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, expect, test } from "vitest";

import { parseStanzas, readArchiver, readStanzas } from "../../../db/backups/read-archiving";
import { projectDirectory } from "../../../db/environment";
import { pointInTimeWindow } from "../../../db/rules/backups/judge-archiving";
import { until } from "../../support/until";
import { openPlainCluster } from "./plain-cluster";

const recorded = readFileSync(join(projectDirectory, "tests/db/backups/pgbackrest-2.45-info.json"), "utf8");
/** What it answers once backup.info is gone from the repository. */
const unread = `[{"archive":[],"backup":[],"cipher":"none","db":[],"name":"securyflex","repo":[{"cipher":"none","key":1,"status":{"code":3,"message":"missing stanza data"}}],"status":{"code":3,"lock":{"backup":{"held":false}},"message":"missing stanza data"}}]`;
const recordedServer = "7711248206712573948";

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

test("what pgBackRest 2.45 answers is read: its backups, its WAL, and whose server it is", () => {
  expect(parseStanzas(recorded, recordedServer)).toEqual([
    {
      name: "main",
      fault: null,
      archiveMin: "000000010000000000000001",
      archiveMax: "000000010000000000000005",
      backups: [
        expect.objectContaining({ type: "full", isFaulty: false, walStart: "000000010000000000000002" }),
        expect.objectContaining({ type: "incr", isFaulty: false, walStart: "000000010000000000000004" }),
      ],
    },
  ]);
  expect(parseStanzas(recorded, "7500000000000000000")).toMatch(/knows no stanza of this server/);
  expect(parseStanzas(unread, recordedServer)).toMatch(/cannot read its repository of securyflex \(status 3\)/);
  for (const text of ["", "[{}]", "{", "null"])
    expect(parseStanzas(text, recordedServer)).toMatch(/form that is not known/);
});

test("without pgBackRest nothing is claimed; one that fails, or hangs on its lock, is told apart from none", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pgbackrest-"));
  const path = process.env.PATH;
  cleanUps.push(
    () => rmSync(folder, { recursive: true }),
    () => {
      process.env.PATH = path;
    },
  );
  process.env.PATH = folder;
  expect(await readStanzas(recordedServer)).toBeNull();
  writeFileSync(join(folder, "pgbackrest"), "#!/bin/sh\nexit 55\n");
  chmodSync(join(folder, "pgbackrest"), 0o755);
  expect(await readStanzas(recordedServer)).toMatch(/did not answer/);
});

/** pgBackRest is a package of its own, which only this needs. */
test.runIf(process.env.SOAK === "1")(
  "a server that archives by pgBackRest is within reach from its full backup to its last segment",
  async () => {
    const cluster = await openPlainCluster();
    cleanUps.push(cluster.close);
    const pgbackrest = (...words: string[]) =>
      execFileSync("pgbackrest", ["--stanza=main", ...words], { ...cluster.account, encoding: "utf8" });
    pgbackrest("stanza-create");
    const [identifier] = await cluster.sql`select system_identifier::text as id from pg_control_system()`;
    const before = Date.now();
    pgbackrest("--type=full", "backup");
    await cluster.sql`create table notes as select generate_series(1, 1000) as n`;
    await cluster.sql`select pg_switch_wal()`;
    const read = async () => pointInTimeWindow(await readArchiver(cluster.db), await readStanzas(identifier?.id));
    await until(async () => "until" in (await read()), { withinSeconds: 30 });
    const window = await read();
    expect(window).toMatchObject({ stanza: "main" });
    if (!("until" in window)) return;
    expect(window.from.getTime()).toBeGreaterThan(before - 1000);
    expect(window.until.getTime()).toBeGreaterThanOrEqual(window.from.getTime());
    for (const name of ["backup.info", "backup.info.copy"]) rmSync(join(cluster.account.cwd, "repo/backup/main", name));
    expect(await read()).toEqual({ why: expect.stringContaining("cannot read its repository of main") });
  },
  120_000,
);
