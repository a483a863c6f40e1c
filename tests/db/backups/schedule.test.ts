import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { backups } from "../../../db/console/backups";
import { operationRuns } from "../../../db/console/operations";
import { backUp } from "../../../db/jobs/back-up";
import type { Job } from "../../../db/jobs/job";
import { proveBackup } from "../../../db/jobs/prove-backup";
import type { Worker } from "../../../db/jobs/worker";
import { takeBackup } from "../../../db/operations/take-backup";
import { type BackupStage, openBackupStage } from "./backup-stage";

let stage: BackupStage;
let worker: Worker | undefined;

beforeAll(async () => {
  stage = await openBackupStage();
});
afterEach(async () => {
  delete process.env.BACKUP_SCHEDULE;
  delete process.env.BACKUP_KEEP;
  await worker?.stop();
  worker = undefined;
});
afterAll(() => stage?.close());

const hour = (count: number) => new Date(Date.UTC(2026, 10, 23, count));

/** The job as a worker calls it. It writes nothing by itself: what it asks for is a run. */
const ask = (job: Job, slot: Date) =>
  job.run({ securyflex: stage.securyflex, slot } as Parameters<Job["run"]>[0]).catch((error: Error) => error.message);

const runsOf = (operation: string) =>
  stage.console.select().from(operationRuns).where(eq(operationRuns.operation, operation));

const changeBackup = (id: string, values: Partial<typeof backups.$inferInsert>) =>
  stage.console.update(backups).set(values).where(eq(backups.id, id));

test("where the schedule is off nothing is asked for, and it says so", async () => {
  process.env.BACKUP_SCHEDULE = "off";
  for (const job of [backUp, proveBackup]) expect(await ask(job, hour(3))).toContain("BACKUP_SCHEDULE");
  expect([...(await runsOf("take-backup")), ...(await runsOf("verify-backup"))]).toEqual([]);
});

test("of several workers that come to the same night one asks, in nobody's name; the next night again, unless it is still under way", async () => {
  expect(await ask(proveBackup, hour(3))).toBe("There is no backup to prove.");
  const told = await Promise.all([ask(backUp, hour(3)), ask(backUp, hour(3)), ask(backUp, hour(3))]);
  expect(new Set(told).size).toBe(1);
  expect(told[0]).toMatch(/^Asked for take-backup of \w+: \/operations\/[0-9a-f-]{36}$/);
  expect(await ask(backUp, hour(27))).toMatch(/^Asked for nothing: take-backup of \w+ is under way/);
  expect(await runsOf("take-backup")).toEqual([expect.objectContaining({ requestedBy: null, state: "queued" })]);
  worker = await stage.startWorker();
  const [run] = await runsOf("take-backup");
  expect(await stage.ended(run?.id as string)).toMatchObject({ state: "done", requesterName: null });
  await ask(backUp, hour(27));
  expect(await runsOf("take-backup")).toHaveLength(2);
  for (const { id } of await runsOf("take-backup")) await stage.ended(id);
});

test("the newest backup is proved once; what could not be told is tried again after six hours, damage is not", async () => {
  const newest = (await stage.listRows()).at(-1);
  const id = newest?.id as string;
  const told = await Promise.all([ask(proveBackup, hour(30)), ask(proveBackup, hour(30))]);
  expect(told).toEqual([told[0], told[0]]);
  expect(told[0]).toContain(`Asked for verify-backup of ${id}`);
  expect(await ask(proveBackup, hour(31))).toMatch(/^Asked for nothing: verify-backup of \S+ is under way/);
  const [run] = await runsOf("verify-backup");
  expect(run?.input).toEqual({ backup: id });
  worker = await stage.startWorker();
  await stage.ended(run?.id as string);
  expect(await ask(proveBackup, hour(31))).toBe(`The newest backup, ${id}, is proved.`);

  await changeBackup(id, { proof: "unknown", proofAt: hour(30), proofNote: "The disk was full." });
  expect(await ask(proveBackup, hour(36))).toBe(`The newest backup, ${id}, is unknown.`);
  await changeBackup(id, { proof: "damaged" });
  expect(await ask(proveBackup, hour(48))).toBe(`The newest backup, ${id}, is damaged.`);
  await changeBackup(id, { proof: "unknown" });
  expect(await ask(proveBackup, hour(37))).toContain("Asked for verify-backup");
  for (const { id: runId } of await runsOf("verify-backup")) await stage.ended(runId);
  expect((await stage.listRows()).at(-1)).toMatchObject({ proof: "proved" });
}, 90_000);

test("a new backup lets go what the retention does not keep, never the newest proof, and each on record", async () => {
  const [older, proved] = (await stage.listRows()) as [typeof backups.$inferSelect, typeof backups.$inferSelect];
  await changeBackup(older.id, { snapshotAt: hour(-96) });
  await changeBackup(proved.id, { snapshotAt: hour(-72) });
  process.env.BACKUP_KEEP = "1,0,0";
  worker = await stage.startWorker();
  const id = await stage.take();
  const rows = await stage.listRows();
  expect(rows.map((row) => [row.id, row.state, row.note])).toEqual([
    [older.id, "deleted", "The retention let it go."],
    [proved.id, "complete", null],
    [id, "complete", null],
  ]);
  expect(readdirSync(stage.folder).sort()).toEqual([proved.id, id].sort());
  expect(await stage.outcomesOf(older.id)).toContain("backup.delete done");
}, 60_000);

test("a retention that cannot be read takes no backup and deletes none, and says what is wrong", async () => {
  process.env.BACKUP_KEEP = "for ever";
  const before = await stage.listRows();
  expect(await ask(backUp, hour(100))).toContain("BACKUP_KEEP is not three numbers");
  expect(await stage.listRows()).toEqual(before);
});

test("a server without a worker of its own leaves what the worker's machine has to the worker", async () => {
  process.env.WORKER = "off";
  process.env.BACKUP_DIRECTORY = "/dev/null/backups";
  try {
    const { plan } = await stage.plan(takeBackup, { database: stage.database });
    expect(plan.refusals).toEqual([]);
    expect(plan.consequences.join(" ")).toContain("where the worker runs, when it begins");
    delete process.env.WORKER;
    expect((await stage.plan(takeBackup, { database: stage.database })).plan.refusals).not.toEqual([]);
  } finally {
    delete process.env.WORKER;
    process.env.BACKUP_DIRECTORY = dirname(stage.folder);
  }
});

test("a folder that no line of the catalogue names is left alone: it may be another console's", async () => {
  const foreign = join(stage.folder, "20200101-0000-abcd");
  mkdirSync(foreign);
  worker = await stage.startWorker();
  await stage.take();
  expect(existsSync(foreign)).toBe(true);
}, 60_000);
