import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";

import { startWorker, type Worker } from "../../../db/jobs/worker";
import { cancelRun } from "../../../db/operations/runs/decide-run";
import { setSlaTarget } from "../../../db/operations/set-sla-target";
import { localDate } from "../../../db/rules/shifts/start-of-day";
import { addDays } from "../../../db/rules/sla/period";
import { readTargets } from "../../../db/sla/read-targets";
import { insertPlainFact } from "../sla/plain-fact";
import { openStage, type Stage } from "./stage";

const today = localDate(new Date(), "Europe/Amsterdam");
const [good, bad] = [7001, 7002];
let stage: Stage;
let worker: Worker;

beforeAll(async () => {
  stage = await openStage();
  worker = await startWorker(stage.environment, { jobs: [], tickSeconds: 0.2, stopSeconds: 2, log: () => {} });
  for (let shift = 1; shift <= 20; shift += 1) {
    const fact = { local_date: addDays(today, -3) };
    await insertPlainFact(stage.consoleOwner, { ...fact, shift_id: shift, client_id: good, client_name: "De Kroon" });
    await insertPlainFact(stage.consoleOwner, { ...fact, shift_id: 100 + shift, client_id: bad, client_name: "Zuid" });
  }
  await stage.consoleOwner`update sla_shift_facts set on_time = 0 where client_id = ${bad} and shift_id <= 102`;
});
afterAll(async () => {
  await worker?.stop();
  await stage?.close();
});

const input = { metric: "on-time", percent: 85, from: today, why: "The contract of 2027" };
const onTimeOf = async (clientId: number, at = today) =>
  (await readTargets(stage.console, { clientId, at })).get("on-time")?.ratio;

test("the plan says who would meet and who would miss it over the last 28 days, and what holds until then", async () => {
  const { plan } = await stage.plan(setSlaTarget, input);
  expect(plan.refusals).toEqual([]);
  expect(plan.summary).toBe(`From ${today} on On-time check-in of the house: at least 85 %.`);
  expect(plan.consequences).toContain("Until then: at least 95 %, the house standard.");
  expect(plan.consequences).toContain(
    "Of 2 clients with such a case in the last 28 days 0 would miss it now, 1 (Zuid) would meet it now.",
  );
  const strict = await stage.plan(setSlaTarget, { ...input, percent: 99, client: good });
  expect(strict.plan.consequences.join(" ")).toContain("Of 1 clients");
});

test("what holds already, is past, or is no target of that number is refused", async () => {
  const refusalsOf = async (changes: object) =>
    (await stage.plan(setSlaTarget, { ...input, ...changes })).plan.refusals;
  expect(await refusalsOf({ percent: 95 })).toEqual(["It is so already."]);
  expect((await refusalsOf({ from: addDays(today, -1) }))[0]).toMatch(/is past/);
  expect(await refusalsOf({ client: 12345 })).toEqual(["No facts of a client 12345 are on record."]);
  expect((await refusalsOf({ metric: "acknowledge" }))[0]).toMatch(/within how many seconds/);
  expect(await refusalsOf({ seconds: 60 })).toEqual(["It is a share and has no duration."]);
  const asText = { metric: input.metric, from: input.from, why: input.why };
  expect(setSlaTarget.readInput({ ...asText, percent: "101" })).toHaveProperty("complaint");
  expect(setSlaTarget.readInput({ ...asText, percent: "85", from: "next week" })).toHaveProperty("complaint");
});

test("a client's own target holds from its date, once, with who set it and why; the house's change passes it by", async () => {
  const runId = randomUUID();
  const given = { ...input, client: good, percent: 97.5, from: addDays(today, 1) };
  await stage.ask(setSlaTarget, given, { runId });
  expect(await stage.ended(runId)).toMatchObject({ state: "done" });
  expect([await onTimeOf(good), await onTimeOf(good, given.from), await onTimeOf(bad, given.from)]).toEqual([
    0.95, 0.975, 0.95,
  ]);
  const [row] = await stage.consoleOwner`
    select full_name as name, reason from sla_targets join staff on staff.id = set_by where run_id = ${runId}`;
  expect(row).toEqual({ name: "requester", reason: input.why });
  const { plan } = await stage.plan(setSlaTarget, { ...input, from: given.from });
  expect(plan.consequences).toContain("1 clients have their own target and are not touched.");
  expect((await stage.plan(setSlaTarget, given)).plan.refusals).toEqual(["It is so already."]);
});

test("one that is called off before it begins sets nothing, and of two plans for one target the later is told", async () => {
  await worker.stop();
  const first = await stage.ask(setSlaTarget, { ...input, percent: 80 });
  const second = await stage.ask(setSlaTarget, { ...input, percent: 81 });
  const dropped = await stage.ask(setSlaTarget, { ...input, percent: 82 });
  await cancelRun(stage.console, { run: dropped, operation: setSlaTarget, actor: stage.requester });
  worker = await startWorker(stage.environment, { jobs: [], tickSeconds: 0.2, stopSeconds: 2, log: () => {} });
  const states = [(await stage.ended(first.id)).state, (await stage.ended(second.id)).state];
  expect(states.sort()).toEqual(["done", "lapsed"]);
  expect(await stage.ended(dropped.id)).toMatchObject({ state: "cancelled" });
  expect(await onTimeOf(bad)).not.toBe(0.82);
});
