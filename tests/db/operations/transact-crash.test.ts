import { once } from "node:events";

import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import { startWorker } from "../../../db/jobs/worker";
import type { Outcome } from "../../../db/operation";
import { mostAttempts, RunLost } from "../../../db/operations/runs/claim-run";
import { fenceAttempt, pruneEffects, transactEffect } from "../../../db/operations/runs/effects";
import * as schema from "../../../db/schema";
import { until } from "../../support/until";
import { openStage, type Stage } from "./stage";
import { rowsAt, trialOnce } from "./trial-rows";

let stage: Stage;
let opsClient: ReturnType<typeof openClient>;
const operations = [trialOnce, ...rowsAt.map(({ operation }) => operation)];

beforeAll(async () => {
  stage = await openStage();
  opsClient = openClient(loginUrl(stage.environment, "console_ops"), { max: 4, applicationName: "tests" });
  await stage.owner`create table trial_effects (word text)`;
  await stage.owner`grant select, insert on trial_effects to console_ops`;
});
afterAll(async () => {
  await opsClient.end();
  await stage.close();
});

const wordsOf = async (word: string) =>
  (
    await stage.owner<{ word: string }[]>`select word from trial_effects where starts_with(word, ${word}) order by word`
  ).map((row) => row.word);
const transactionsOf = async (state: string, waitsFor: string | null = null) =>
  (
    await stage.owner`
      select from pg_stat_activity
      where datname = current_database() and usename = 'console_ops' and state = ${state} and (${waitsFor}::text is null or wait_event_type = ${waitsFor})`
  ).length;
const startSuccessor = () =>
  startWorker(stage.environment, { jobs: [], tickSeconds: 0.2, operations, stopSeconds: 2, log: () => {} });

test("wherever a worker dies or freezes around a commit, another tells what was done: never twice, never unknown", async () => {
  const asked = await Promise.all(
    rowsAt.map(async ({ step, operation }) => {
      const word = `${operation.id}:`;
      return { step, operation, word, run: await stage.ask(operation, { word }) };
    }),
  );
  const workers = asked.map(({ operation, step }) =>
    step === "frozen"
      ? stage.spawnWorker(operation.id, "transaction is to commit", "SIGSTOP")
      : stage.spawnWorker(operation.id, step, "SIGKILL"),
  );
  const frozen = workers[asked.findIndex(({ step }) => step === "frozen")] as (typeof workers)[0];
  await Promise.all(workers.map((worker) => worker === frozen || worker.signalCode || once(worker, "exit")));
  const isIdleInTransaction = async () =>
    (
      await stage.owner`
      select from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`
    ).length > 0;
  await until(isIdleInTransaction, { withinSeconds: 30 });
  await stage.silence();
  const successor = await startSuccessor();
  try {
    for (const { operation, word, run } of asked) {
      const ended = await stage.ended(run.id);
      const [state, words] = operation.hasParts
        ? ["partly done", [1, 2, 3].map((part) => `${word}${part}`)]
        : ["done", [word]];
      expect([operation.id, ended.state, ended.attempt, await wordsOf(word)]).toEqual([operation.id, state, 2, words]);
      const [effect] = await stage.owner<{ outcome: Outcome | null; attempt: number }[]>`
        select outcome, attempt from ops_operation_effects where run_id = ${run.id} and part = 0`;
      if (!operation.hasParts) expect(effect?.outcome?.summary).toBe(ended.outcome);
    }
    frozen.kill("SIGCONT");
    frozen.kill("SIGTERM");
    await once(frozen, "exit");
    expect(await wordsOf("trial-once-frozen")).toHaveLength(1);
  } finally {
    frozen.kill("SIGKILL");
    await successor.stop();
  }
});

test("an attempt that was taken over commits nothing, and one that is about to commit is waited for", async () => {
  const operate = drizzle(opsClient, { schema });
  const run = await stage.ask(trialOnce, { word: "fenced" });
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const write = (attempt: number, part: number, gate: Promise<void> = Promise.resolve()) =>
    transactEffect(
      operate,
      { ...run, attempt },
      {
        work: async (transaction) => {
          await transaction.execute(sql`insert into trial_effects (word) values (${`fenced ${attempt} ${part}`})`);
          await gate;
          return { outcome: { summary: `by ${attempt}`, proof: [] }, changes: [] };
        },
        part,
        onStep: () => {},
        signal: new AbortController().signal,
      },
    );
  const first = write(1, 1, opened);
  await until(async () => (await transactionsOf("idle in transaction")) > 0);
  const successor = fenceAttempt(operate, { ...run, attempt: 2 });
  await until(async () => (await transactionsOf("active", "Lock")) > 0);
  open();
  expect(await first).toMatchObject({ summary: "by 1" });
  expect(await successor).toBeUndefined();
  await expect(write(1, 2)).rejects.toThrow(RunLost);
  expect(await write(2, 1)).toMatchObject({ summary: "by 1" });
  expect(await write(2, 0)).toMatchObject({ summary: "by 2" });
  expect(await fenceAttempt(operate, { ...run, attempt: 3 })).toMatchObject({ summary: "by 2" });
  await expect(write(2, 0)).rejects.toThrow(RunLost);
  expect(await wordsOf("fenced")).toEqual(["fenced 1 1", "fenced 2 0"]);
});

test("a run whose process died again and again has failed, and nothing of it stands", async () => {
  const run = await stage.ask(trialOnce, { word: "mortal" });
  await stage.consoleOwner`
    update operation_runs set state = 'running', attempt = ${mostAttempts}, started_at = now(),
      instance_id = gen_random_uuid() where id = ${run.id}`;
  const worker = await startSuccessor();
  try {
    expect(await stage.ended(run.id)).toMatchObject({
      state: "failed",
      outcome: expect.stringMatching(/Nothing was changed/),
    });
    expect(await wordsOf("mortal")).toEqual([]);
  } finally {
    await worker.stop();
  }
});

test("effects are forgotten by their age", async () => {
  const operate = drizzle(opsClient, { schema });
  await stage.owner`update ops_operation_effects set at = now() - interval '91 days' where operation = 'trial-once-frozen'`;
  expect(await pruneEffects(operate, { before: new Date(Date.now() - 90 * 86_400_000) })).toBe(1);
});
