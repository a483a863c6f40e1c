import { once } from "node:events";
import { readdirSync } from "node:fs";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { Operation } from "../../../db/operation";
import { restoreBackup } from "../../../db/operations/restore-backup";
import { restoreTable } from "../../../db/operations/restore-table";
import { approveRun, cancelRun } from "../../../db/operations/runs/decide-run";
import { switchDatabase } from "../../../db/operations/switch-database";
import { takeBackup } from "../../../db/operations/take-backup";
import { verifyBackup } from "../../../db/operations/verify-backup";
import { onServer } from "../../support/templates";
import { until } from "../../support/until";
import { type BackupStage, openBackupStage } from "./backup-stage";

let stage: BackupStage;
let id: string;
let restored: string | undefined;
const made: string[] = [];

beforeAll(async () => {
  stage = await openBackupStage();
  const worker = await stage.startWorker();
  id = await stage.take();
  await stage.verify(id);
  await worker.stop();
}, 60_000);
afterAll(async () => {
  await onServer(stage.environment.DATABASE_URL as string, async (sql) => {
    for (const name of made) await sql`drop database if exists ${sql(name)} with (force)`;
  });
  await stage?.close();
});

/** What a run of each operation is asked for, with what must stand before it. */
const prepared: [Operation, () => Promise<unknown>][] = [
  [takeBackup, async () => ({ database: stage.database })],
  [verifyBackup, async () => ({ backup: id })],
  [
    restoreTable,
    async () => {
      await stage.owner`drop table incidents`;
      return { backup: id, table: "incidents" };
    },
  ],
  [
    restoreBackup,
    async () => {
      await onServer(stage.environment.DATABASE_URL as string, async (sql) => {
        if (restored) await sql`drop database if exists ${sql(restored)} with (force)`;
      });
      return { backup: id };
    },
  ],
  [
    switchDatabase,
    async () => {
      const worker = await stage.startWorker();
      const beside = made.at(-1) ?? (await stage.carryOut(restoreBackup, { backup: id })).target;
      await worker.stop();
      return { database: beside };
    },
  ],
];

/** The others take their turn in npm run soak. */
const sample = ["renamed", "restored", "table restored", "switched"];
const all = prepared.flatMap(([operation, prepare]) =>
  (operation.failpoints ?? []).map((failpoint) => [operation.id, failpoint, operation, prepare] as const),
);
const sampled = sample.map((failpoint) => all.find((one) => one[1] === failpoint) as (typeof all)[number]);

test.each(process.env.SOAK === "1" ? all : sampled)(
  "%s killed at '%s' is done once by another, and nothing half is left",
  async (_, failpoint, operation, prepare) => {
    const input = await prepare();
    const run = await stage.ask(operation, input);
    if (run.state === "awaiting approval")
      await approveRun(stage.console, {
        ...{ run, operation, actor: stage.approver, digest: run.digest, passwordAt: new Date() },
        context: { console: stage.console, securyflex: stage.securyflex },
      });
    const dying = stage.spawnWorker(operation.id, failpoint, "SIGKILL");
    await once(dying, "exit");
    expect(dying.signalCode).toBe("SIGKILL");
    const isGone = async () => (await stage.listLeftovers()).every((name) => name.startsWith("ops_scratch_"));
    await until(isGone, { withinSeconds: 20 });

    await stage.silence();
    const successor = await stage.startWorker();
    try {
      const ended = await stage.ended(run.id);
      expect([ended.state, ended.attempt], ended.outcome ?? "").toEqual(["done", 2]);
      if (operation === restoreBackup) restored = ended.target;
      const kept = ended.proof?.find(({ label }) => label === "Kept as")?.after;
      if (kept) made.push(kept);
      if (operation === restoreBackup) made.push(ended.target);
    } finally {
      await successor.stop();
    }
    expect(await stage.listLeftovers()).toEqual([]);
    const complete = (await stage.listRows()).filter(({ state }) => state === "complete");
    expect(readdirSync(stage.folder).sort()).toEqual(complete.map((row) => row.id).sort());
    expect((await stage.listRows()).filter(({ state }) => state === "taking")).toEqual([]);
  },
  90_000,
);

test("a backup that is called off while it is written leaves nothing of it", async () => {
  await stage.owner.begin(async (holder) => {
    await holder`lock table shifts in access exclusive mode`;
    const worker = await stage.startWorker();
    try {
      const run = await stage.ask(takeBackup, { database: stage.database });
      await until(async () => (await stage.logOf(run.id)).some((line) => line.startsWith("pg_dump")), {
        withinSeconds: 30,
      });
      await cancelRun(stage.console, { run, operation: takeBackup, actor: stage.requester });
      expect(await stage.ended(run.id)).toMatchObject({ state: "cancelled" });
    } finally {
      await worker.stop();
    }
  });
  expect(readdirSync(stage.folder).filter((name) => name.endsWith(".half"))).toEqual([]);
  expect(await stage.listLeftovers()).toEqual([]);
}, 60_000);
