import { randomUUID } from "node:crypto";

import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { operationRuns } from "../../../db/console/operations";
import { staff } from "../../../db/console/schema";
import { startWorker, type Worker } from "../../../db/jobs/worker";
import { operations } from "../../../db/operations/index";
import { approveRun, cancelRun } from "../../../db/operations/runs/decide-run";
import { getRun } from "../../../db/operations/runs/list-runs";
import { requestRun } from "../../../db/operations/runs/request-run";
import { vacuumTable } from "../../../db/operations/vacuum-table";
import { until } from "../../support/until";
import { openStage, type Stage } from "./stage";
import { trialCritical, trialOperations, trialWrite } from "./trial-operations";

let stage: Stage;
let worker: Worker;

beforeAll(async () => {
  stage = await openStage();
  await stage.owner`create table trial_effects (word text)`;
  await stage.owner`alter table trial_effects owner to console_admin`;
  await stage.owner`grant select on trial_effects to console_read`;
  worker = await startWorker(stage.environment, {
    jobs: [],
    tickSeconds: 0.2,
    operations: [...operations, ...trialOperations],
    stopSeconds: 2,
    log: () => {},
  });
});
afterAll(async () => {
  await worker.stop();
  await stage.close();
});

const words = async () =>
  (await stage.owner<{ word: string }[]>`select word from trial_effects`).map(({ word }) => word);

test("a table that is vacuumed has fewer dead rows after, and intent, outcome and proof are on record", async () => {
  await stage.owner`insert into organizations (name, kind) select 'dead', 'company' from generate_series(1, 50)`;
  await stage.owner`delete from organizations where name = 'dead'`;
  const asked = await stage.ask(vacuumTable, { table: "public.organizations" });
  const run = await stage.ended(asked.id);
  expect(run).toMatchObject({ state: "done", outcome: "public.organizations was vacuumed and analyzed.", attempt: 1 });
  expect(run.proof?.find(({ label }) => label === "Last vacuum")?.after).toMatch(/^20/);
  expect(await stage.logOf(run.id)).toContain("vacuum (analyze, skip_locked) public.organizations");
  expect(await stage.outcomesOf("public.organizations")).toEqual([
    "operation.vacuum-table intent",
    "operation.vacuum-table done",
  ]);
});

test("pressed twice at once and once more later it is done once", async () => {
  const runId = randomUUID();
  await Promise.all([1, 2, 3].map(() => stage.ask(trialWrite, { word: "once" }, { runId })));
  await stage.ended(runId);
  const again = await stage.ask(trialWrite, { word: "once" }, { runId });
  expect(again.state).toBe("done");
  expect((await words()).filter((word) => word === "once")).toHaveLength(1);
  await expect(stage.ask(trialWrite, { word: "other" }, { runId })).rejects.toThrow(/belongs to another/);
  expect(await stage.outcomesOf("trial.once")).toEqual(["operation.trial-write intent", "operation.trial-write done"]);
});

test("what is refused, not confirmed or not allowed leaves a refusal on record and nothing else", async () => {
  await expect(stage.ask(trialWrite, { word: "forbidden" })).rejects.toThrow("It is forbidden.");
  const unconfirmed = { typedTarget: "trial.wrong" };
  await expect(stage.ask(trialWrite, { word: "typo" }, { confirmation: unconfirmed })).rejects.toThrow(
    /Type trial.typo/,
  );
  await expect(stage.ask(trialWrite, { word: "typo" }, { confirmation: { reason: " " } })).rejects.toThrow(/reason/);
  await expect(stage.ask(trialWrite, { word: "typo" }, { confirmation: { digest: "0" } })).rejects.toThrow(
    /not the one/,
  );
  const unseen = { digest: null, typedTarget: "trial.typo" };
  await expect(stage.ask(trialWrite, { word: "typo" }, { confirmation: unseen })).rejects.toThrow(/not the one/);
  const input = { word: "typo" };
  const { digest, plan } = await stage.plan(trialWrite, input);
  const context = { console: stage.console, securyflex: stage.securyflex };
  const actor = { ...stage.requester, may: () => false };
  const confirmation = { digest, typedTarget: plan.target, reason: "a test", passwordAt: new Date() };
  await expect(
    requestRun(stage.console, { runId: randomUUID(), operation: trialWrite, input, actor, confirmation, context }),
  ).rejects.toThrow(/does not have database.maintain/);
  expect(new Set(await stage.outcomesOf("trial.typo"))).toEqual(new Set(["operation.trial-write refused"]));
  expect(await words()).not.toContain("typo");
});

test("a critical one waits for a second person who gives the password; the requester is none", async () => {
  const old = { passwordAt: new Date(Date.now() - 301_000) };
  await expect(stage.ask(trialCritical, { word: "grave" }, { confirmation: old })).rejects.toThrow(/password/);
  const run = await stage.ask(trialCritical, { word: "grave" });
  expect(run.state).toBe("awaiting approval");
  const context = { console: stage.console, securyflex: stage.securyflex };
  const approval = { run, operation: trialCritical, digest: run.digest, passwordAt: new Date(), context };
  await expect(approveRun(stage.console, { ...approval, actor: stage.requester })).rejects.toThrow(
    /may not approve it/,
  );
  await expect(
    approveRun(stage.console, { ...approval, actor: stage.approver, passwordAt: undefined }),
  ).rejects.toThrow(/password/);
  await expect(approveRun(stage.console, { ...approval, actor: stage.approver, digest: "0" })).rejects.toThrow(
    /not the plan/,
  );
  await expect(
    stage.consoleOwner`update operation_runs set state = 'queued', approved_by = requested_by where id = ${run.id}`,
  ).rejects.toThrow(/requester_approves_nothing/);
  await expect(stage.consoleOwner`update operation_runs set state = 'queued' where id = ${run.id}`).rejects.toThrow(
    /critical_needs_approval/,
  );
  expect(await words()).not.toContain("grave");
  await approveRun(stage.console, { ...approval, actor: stage.approver });
  expect(await stage.ended(run.id)).toMatchObject({ state: "done", approverName: "approver" });
  await expect(approveRun(stage.console, { ...approval, actor: stage.approver })).rejects.toThrow(
    /is queued|is awaiting|done|first/,
  );
  expect((await words()).filter((word) => word === "grave")).toHaveLength(1);
});

test("an approval lapses when the target moved, and when a day has passed", async () => {
  const run = await stage.ask(trialCritical, { word: "moved" });
  const late = await stage.ask(trialCritical, { word: "late" });
  const context = { console: stage.console, securyflex: stage.securyflex };
  const approval = { operation: trialCritical, passwordAt: new Date(), actor: stage.approver, context };
  const tomorrow = new Date(Date.now() + 86_401_000);
  await expect(
    approveRun(stage.console, { ...approval, run: late, digest: late.digest, passwordAt: tomorrow, asOf: tomorrow }),
  ).rejects.toThrow(/a day has passed/);
  await stage.owner`alter table trial_effects add column more text`;
  await expect(approveRun(stage.console, { ...approval, run, digest: run.digest })).rejects.toThrow(/moved since/);
  await stage.owner`alter table trial_effects drop column more`;
  expect(await getRun(stage.console, run.id)).toMatchObject({ state: "lapsed" });
  expect(await words()).not.toContain("moved");
});

test("one that was queued when its target moved, or for another database, does not begin", async () => {
  await stage.owner`alter table trial_effects add column shade text`;
  const made = await stage.ask(trialWrite, { word: "blocker" });
  await stage.ended(made.id);
  const run = await stage.ask(trialCritical, { word: "elsewhere" });
  await stage.consoleOwner`alter table operation_runs disable trigger user`;
  await stage.consoleOwner`update operation_runs set server = '1/2', approved_by = ${stage.approver.staffId}, state = 'queued' where id = ${run.id}`;
  await stage.consoleOwner`alter table operation_runs enable trigger user`;
  expect(await stage.ended(run.id)).toMatchObject({
    state: "lapsed",
    outcome: expect.stringMatching(/not the database/),
  });
  expect(await words()).not.toContain("elsewhere");
});

test("of two that exclude each other one waits; a cancel ends the one that waits and stops the one that runs", async () => {
  const holder = await stage.owner.reserve();
  try {
    await holder`begin`;
    await holder`lock table trial_effects in share row exclusive mode`;
    const first = await stage.ask(trialWrite, { word: "first" });
    await until(async () => (await getRun(stage.console, first.id))?.state === "running");
    const second = await stage.ask(trialWrite, { word: "second" });
    await cancelRun(stage.console, { run: second, operation: trialWrite, actor: stage.requester });
    expect(await stage.ended(second.id)).toMatchObject({ state: "cancelled", attempt: 0 });
    await cancelRun(stage.console, { run: first, operation: trialWrite, actor: stage.requester });
    expect(await stage.ended(first.id)).toMatchObject({ state: "cancelled", cancellerName: "requester" });
  } finally {
    await holder`rollback`;
    holder.release();
  }
  expect(await words()).not.toContain("first");
});

test("what was asked cannot be changed, and what has ended stays as it ended", async () => {
  const run = await stage.ask(trialWrite, { word: "kept" });
  await stage.ended(run.id);
  await expect(
    stage.console.update(operationRuns).set({ digest: "0" }).where(eq(operationRuns.id, run.id)),
  ).rejects.toMatchObject({ cause: expect.objectContaining({ message: expect.stringMatching(/permission denied/) }) });
  await expect(stage.console.delete(operationRuns)).rejects.toMatchObject({
    cause: expect.objectContaining({ message: expect.stringMatching(/permission denied/) }),
  });
  await expect(
    stage.console.update(operationRuns).set({ state: "failed" }).where(eq(operationRuns.id, run.id)),
  ).rejects.toMatchObject({ cause: expect.objectContaining({ message: expect.stringMatching(/has ended/) }) });
});

test("nothing begins for somebody whose account was disabled meanwhile", async () => {
  const run = await stage.ask(trialCritical, { word: "gone" });
  const context = { console: stage.console, securyflex: stage.securyflex };
  await stage.console.update(staff).set({ disabledAt: new Date() }).where(eq(staff.id, stage.requester.staffId));
  try {
    const approval = { run, operation: trialCritical, digest: run.digest, passwordAt: new Date(), context };
    await approveRun(stage.console, { ...approval, actor: stage.approver });
    expect(await stage.ended(run.id)).toMatchObject({ state: "lapsed", outcome: expect.stringMatching(/is disabled/) });
  } finally {
    await stage.console.update(staff).set({ disabledAt: null }).where(eq(staff.id, stage.requester.staffId));
  }
});
