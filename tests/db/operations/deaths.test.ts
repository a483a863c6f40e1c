import { afterAll, beforeAll, expect, test } from "vitest";

import { startWorker } from "../../../db/jobs/worker";
import { dieAndGoOn } from "./deaths/die-and-go-on";
import type { Death } from "./deaths/every-death";
import { everyDeath } from "./deaths/every-death";
import { openShiftStage, type ShiftStage } from "./shift-stage";

let stage: ShiftStage;
beforeAll(async () => {
  stage = await openShiftStage({ guardCount: 30 });
});
afterAll(() => stage.close());

const isSoak = process.env.SOAK === "1";
const alone = everyDeath.filter(({ step }) => step === "claimed");

test("every operation passes each step at which it is killed, and no other", async () => {
  const passed = new Map<string, string[]>();
  const worker = await startWorker(stage.environment, {
    ...{ jobs: [], tickSeconds: 0.2, stopSeconds: 2, log: () => {} },
    onStep: (step, { operation }) => passed.set(operation, [...(passed.get(operation) ?? []), step]),
  });
  try {
    const runs = [];
    for (const { operation, death } of alone) {
      const { input, countDone } = await death.prepare(stage);
      runs.push({ operation, countDone, run: await stage.ask(operation, input) });
    }
    for (const { operation, countDone, run } of runs) {
      const { state, outcome } = await stage.ended(run.id);
      expect([operation.id, state, await countDone()], outcome ?? "").toEqual([operation.id, "done", 1]);
    }
  } finally {
    await worker.stop();
  }
  for (const { operation } of alone) {
    const steps = everyDeath.filter((death) => death.operation === operation).map(({ step }) => step);
    expect([operation.id, ...new Set(passed.get(operation.id))].sort()).toEqual([operation.id, ...steps].sort());
  }
});

/** Each step dies in one operation; all of them in each under npm run soak. */
const sample = [
  ["share-evidence", "claimed"],
  ["vacuum-table", "predecessors ended"],
  ["disable-account", "checked"],
  ["reindex-index-concurrently", "statement begins"],
  ["create-index-concurrently", "statement ended"],
  ["swap-guards", "transaction begins"],
  ["close-incident", "transaction is to commit"],
  ["split-shift", "transaction committed"],
  ["bulk-reassign", "effect stands"],
  ["end-sessions", "outcome recorded"],
  ["make-sla-report", "report kept"],
].map(([id, step]) => everyDeath.find((death) => death.operation.id === id && death.step === step) as Death);

const batches = isSoak
  ? [...new Set(everyDeath.map(({ step }) => step))].map(
      (step) => [step, everyDeath.filter((death) => death.step === step)] as const,
    )
  : [["its step", sample] as const];

test.each(batches)(
  "wherever the worker of an operation is killed, at %s, another goes on: done once, and nothing is left",
  (_, deaths) => dieAndGoOn(stage, deaths),
  300_000,
);
