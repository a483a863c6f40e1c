import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";

import { startWorker, type Worker } from "../../../db/jobs/worker";
import { cancelRun } from "../../../db/operations/runs/decide-run";
import { trySlaDefinition } from "../../../db/operations/try-sla-definition";
import { localDate } from "../../../db/rules/shifts/start-of-day";
import { addDays } from "../../../db/rules/sla/period";
import { freezeOn } from "../../../db/sla/freeze-range";
import { openSlaStage, type SlaStage } from "../sla/sla-stage";
import { worked } from "../sla/worked";
import { openStage, type Stage } from "./stage";

const minute = 60_000;
const today = localDate(new Date(), "Europe/Amsterdam");
let stage: Stage;
let sla: SlaStage;
let worker: Worker;

/** Shifts of 8 hours whose guard came so many minutes after the start. */
const late = (minutesLate: number[]) =>
  minutesLate.map((minutes, index) => {
    const shift = worked(`${addDays(today, -5 - index)}T08:00:00Z`);
    const checkins = shift.checkins.map((one) => ({
      ...one,
      recorded: Math.min(shift.end - 1000, one.recorded + minutes * minute),
      created: Math.min(shift.end - 1000, one.created + minutes * minute),
    }));
    return { ...shift, checkins };
  });

beforeAll(async () => {
  stage = await openStage();
  sla = await openSlaStage(stage);
  await sla.play(late([0, 0, 8, 8, 8, 40]));
  await freezeOn(sla.ground, new Date());
  worker = await startWorker(stage.environment, { jobs: [], tickSeconds: 0.2, stopSeconds: 2, log: () => {} });
});
afterAll(async () => {
  await worker?.stop();
  await sla?.end();
  await stage?.close();
});

const factsOf = () => stage.consoleOwner`select count(*)::int, max(frozen_at), max(sequence) from sla_shift_facts`;

test("the plan says what would be told again; without another time, or with one that is none, it is refused", async () => {
  const { plan } = await stage.plan(trySlaDefinition, { onTimeMinutes: 10 });
  expect(plan.summary).toMatch(/of all clients again: on time until 10 min, not 5\.$/);
  expect(plan.consequences[0]).toMatch(/^6 shifts are told/);
  expect(plan.refusals).toEqual([]);
  const refusalsOf = async (input: object) => (await stage.plan(trySlaDefinition, input)).plan.refusals;
  expect(await refusalsOf({ noShowMinutes: 30 })).toEqual(["These are the times in force: change one of them."]);
  expect(await refusalsOf({ onTimeMinutes: 5 })).toEqual(["These are the times in force: change one of them."]);
  expect((await refusalsOf({ noShowMinutes: 4 }))[0]).toMatch(/^Nobody could be late/);
  expect(await refusalsOf({ onTimeMinutes: 10, client: 999 })).toEqual([
    "No shift of client 999 started in these days.",
  ]);
  expect(trySlaDefinition.readInput({ onTimeMinutes: "soon" })).toHaveProperty("complaint");
});

test("a longer grace is tried on what the guards' phones told, beside what is in force, and changes no fact", async () => {
  const before = await factsOf();
  const runId = randomUUID();
  await stage.ask(trySlaDefinition, { onTimeMinutes: 10, noShowMinutes: 45 }, { runId });
  const { state, outcome, proof } = await stage.ended(runId);
  expect([state, outcome]).toEqual([
    "done",
    "With on time until 10 min, not 5, a no-show after 45 min, not 30: 1 verdict on a target would change.",
  ]);
  expect(proof).toMatchObject([
    { label: "Fill rate", before: "6 of 6 slots", after: "6 of 6 slots" },
    { label: "On-time check-in", before: "2 of 6 assignments due", after: "5 of 6 assignments due" },
    { label: "No-show", before: "1 of 6 assignments due", after: "0 of 6 assignments due" },
    { label: "Coverage" },
    { label: "Shifts left out", before: "0", after: "0" },
    {
      label: "No-show, Hotel De Kroon",
      before: "1 of 6 assignments due: missed",
      after: "0 of 6 assignments due: met",
    },
  ]);
  expect(proof?.[3]?.before).toBe(proof?.[3]?.after);
  expect(await factsOf()).toEqual(before);
});

test("one that is called off before it begins tells nothing", async () => {
  await worker.stop();
  const run = await stage.ask(trySlaDefinition, { onTimeMinutes: 20 });
  await cancelRun(stage.console, { run, operation: trySlaDefinition, actor: stage.requester });
  expect(await stage.ended(run.id)).toMatchObject({ state: "cancelled", proof: null });
});
