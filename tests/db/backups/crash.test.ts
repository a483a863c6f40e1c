import { once } from "node:events";
import { readdirSync } from "node:fs";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { Operation } from "../../../db/operation";
import { operations } from "../../../db/operations/index";
import { restoreBackup } from "../../../db/operations/restore-backup";
import { approveRun, cancelRun } from "../../../db/operations/runs/decide-run";
import { takeBackup } from "../../../db/operations/take-backup";
import { until } from "../../support/until";
import { stepsOf } from "../operations/deaths/death-case";
import { type BackupWorld, backupDeaths, dropMade } from "./backup-deaths";
import { type BackupStage, openBackupStage } from "./backup-stage";

let stage: BackupStage;
let world: BackupWorld;

beforeAll(async () => {
  stage = await openBackupStage();
  const worker = await stage.startWorker();
  const id = await stage.take();
  await stage.verify(id);
  await worker.stop();
  world = { stage, id, made: [] };
}, 60_000);
afterAll(async () => {
  await dropMade(world);
  await stage?.close();
});

/** The others take their turn in npm run soak. */
const sample = ["renamed", "restored", "table restored", "switched"];
const all = Object.keys(backupDeaths)
  .map((id) => operations.find((operation) => operation.id === id) as Operation)
  .flatMap((operation) => stepsOf(operation).map((step) => [operation.id, step, operation] as const));
const sampled = sample.map((failpoint) => all.find((one) => one[1] === failpoint) as (typeof all)[number]);

test.each(process.env.SOAK === "1" ? all : sampled)(
  "%s killed at '%s' is done once by another, and nothing half is left",
  async (_, step, operation) => {
    const input = await backupDeaths[operation.id]?.(world);
    const run = await stage.ask(operation, input);
    if (run.state === "awaiting approval")
      await approveRun(stage.console, {
        ...{ run, operation, actor: stage.approver, digest: run.digest, passwordAt: new Date() },
        context: { console: stage.console, securyflex: stage.securyflex },
      });
    const dying = stage.spawnWorker(operation.id, step, "SIGKILL");
    await once(dying, "exit");
    expect(dying.signalCode).toBe("SIGKILL");
    const isGone = async () => (await stage.listLeftovers()).every((name) => name.startsWith("ops_scratch_"));
    await until(isGone, { withinSeconds: 20 });

    await stage.silence();
    const successor = await stage.startWorker();
    try {
      const ended = await stage.ended(run.id);
      const attempt = step === "outcome recorded" ? 1 : 2;
      expect([ended.state, ended.attempt], ended.outcome ?? "").toEqual(["done", attempt]);
      const kept = ended.proof?.find(({ label }) => label === "Kept as")?.after;
      if (kept) world.made.push(kept);
      if (operation === restoreBackup) world.made.push(ended.target);
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
