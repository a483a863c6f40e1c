import { randomUUID } from "node:crypto";
import { once } from "node:events";

import { afterAll, beforeAll, expect, test } from "vitest";

import { startWorker } from "../../../db/jobs/worker";
import { createIndexConcurrently } from "../../../db/operations/create-index-concurrently";
import {
  claimRun,
  finishRun,
  holdRun,
  isCalledOff,
  RunLost,
  releaseRun,
  takeOverLostRuns,
} from "../../../db/operations/runs/claim-run";
import { getRun } from "../../../db/operations/runs/list-runs";
import { until } from "../../support/until";
import { openStage, type Stage } from "./stage";
import { trialOperations, trialWrite } from "./trial-operations";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
  await stage.owner`create table trial_effects (word text)`;
  await stage.owner`alter table trial_effects owner to console_admin`;
  await stage.owner`grant select on trial_effects to console_read`;
});
afterAll(() => stage.close());

const rowsOf = async (word: string) => (await stage.owner`select from trial_effects where word = ${word}`).length;

const ask = async (word: string) => ({ word, run: await stage.ask(trialWrite, { word, key: word }) });

test("a worker that freezes is taken over, and does nothing more when it wakes", async () => {
  const { run, word } = await ask("frozen");
  const frozen = stage.spawnWorker(trialWrite.id, "statement begins", "SIGSTOP");
  const isStopped = async () => (await stage.logOf(run.id)).some((line) => line.startsWith("insert"));
  await until(isStopped, { withinSeconds: 30 });
  await stage.silence();
  const successor = await startWorker(stage.environment, {
    jobs: [],
    tickSeconds: 0.2,
    operations: trialOperations,
    stopSeconds: 2,
    log: () => {},
  });
  try {
    expect(await stage.ended(run.id)).toMatchObject({ state: "done", attempt: 2 });
    expect(await stage.outcomesOf(`trial.${word}`)).toEqual([
      "operation.trial-write intent",
      "operation.trial-write done",
    ]);
    frozen.kill("SIGCONT");
    await until(
      async () =>
        (
          await stage.consoleOwner`select from worker_instances where pid = ${frozen.pid ?? 0} and last_seen_at > now() - interval '10 s'`
        ).length > 0,
      { withinSeconds: 30 },
    );
    expect(await rowsOf(word)).toBe(1);
    expect(await getRun(stage.console, run.id)).toMatchObject({ state: "done", attempt: 2 });
    frozen.kill("SIGTERM");
    await once(frozen, "exit");
    expect(await rowsOf(word)).toBe(1);
  } finally {
    frozen.kill("SIGKILL");
    await successor.stop();
  }
  const left =
    await stage.owner`select from pg_stat_activity where application_name like 'securyflex-console op %' and datname = current_database()`;
  expect(left.length).toBe(0);
});

test("an index whose worker was killed while it was built is built by another, and no invalid one stays", async () => {
  await stage.owner`create table parcels (id integer, weight_grams integer)`;
  await stage.owner`alter table parcels owner to console_admin`;
  const holder = await stage.owner.reserve();
  await holder`begin`;
  await holder`lock table parcels in row exclusive mode`;
  const run = await stage.ask(createIndexConcurrently, { table: "parcels", columns: "weight_grams" });
  const worker = stage.spawnWorker(run.operation, "none", "SIGKILL");
  const isInvalid = async () =>
    (await stage.owner`select from pg_index where indrelid = 'parcels'::regclass and not indisvalid`).length > 0;
  await until(isInvalid, { withinSeconds: 30 });
  worker.kill("SIGKILL");
  await once(worker, "exit");
  await stage.silence();
  const successor = await startWorker(stage.environment, { jobs: [], tickSeconds: 0.2, stopSeconds: 2, log: () => {} });
  try {
    await until(async () => (await stage.logOf(run.id)).some((line) => line.startsWith("drop index")), {
      withinSeconds: 30,
    });
    await holder`rollback`;
    holder.release();
    expect(await stage.ended(run.id)).toMatchObject({ state: "done", attempt: 2 });
    expect(await isInvalid()).toBe(false);
    expect(await stage.outcomesOf("public.parcels_weight_grams_idx")).toEqual([
      "operation.create-index-concurrently intent",
      "operation.create-index-concurrently done",
    ]);
  } finally {
    await successor.stop();
  }
});

test("an attempt that was taken over can neither write, nor release, nor end its run", async () => {
  const asked = await stage.ask(trialWrite, { word: "fenced", key: "fenced" });
  const claim = { instanceId: randomUUID(), operations: [trialWrite.id] };
  const lost = await claimRun(stage.console, claim);
  expect(await claimRun(stage.console, claim)).toBeUndefined();
  expect(await takeOverLostRuns(stage.console, 15)).toEqual([asked.id]);
  const held = await claimRun(stage.console, claim);
  if (!lost || !held) throw new Error("The run was not claimed.");
  const ending = { state: "done" as const, outcome: { summary: "It was done.", proof: [] } };
  await expect(finishRun(stage.console, lost, ending)).rejects.toThrow(RunLost);
  await expect(releaseRun(stage.console, lost)).rejects.toThrow(RunLost);
  await expect(isCalledOff(stage.console, lost)).rejects.toThrow(RunLost);
  await expect(stage.console.transaction((transaction) => holdRun(transaction, lost))).rejects.toThrow(RunLost);
  await finishRun(stage.console, held, ending);
  expect(await getRun(stage.console, asked.id)).toMatchObject({ state: "done", attempt: 2 });
});

test("a run whose process died three times is ended as interrupted", async () => {
  const { run } = await ask("claimed");
  await stage.consoleOwner`
    update operation_runs set state = 'running', attempt = 3, started_at = now(), instance_id = gen_random_uuid()
    where id = ${run.id}`;
  const worker = await startWorker(stage.environment, {
    jobs: [],
    tickSeconds: 0.2,
    operations: [],
    stopSeconds: 1,
    log: () => {},
  });
  try {
    expect(await stage.ended(run.id)).toMatchObject({
      state: "interrupted",
      outcome: expect.stringMatching(/died 3 times/),
    });
  } finally {
    await worker.stop();
  }
});
