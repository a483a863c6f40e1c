import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { acknowledgeIncident } from "../../../db/operations/acknowledge-incident";
import { bulkCancel } from "../../../db/operations/bulk-cancel";
import { bulkReassign } from "../../../db/operations/bulk-reassign";
import { bulkUnassign } from "../../../db/operations/bulk-unassign";
import { cancelShift } from "../../../db/operations/cancel-shift";
import { closeIncident } from "../../../db/operations/close-incident";
import { reassignShift } from "../../../db/operations/reassign-shift";
import { splitShift } from "../../../db/operations/split-shift";
import { swapGuards } from "../../../db/operations/swap-guards";
import { unassignShift } from "../../../db/operations/unassign-shift";
import { undoReassignment } from "../../../db/operations/undo-reassignment";
import { until } from "../../support/until";
import { openShiftStage, type ShiftStage } from "./shift-stage";

let stage: ShiftStage;
const [one, two, three] = [0, 1, 2].map((position) => () => stage.guardIds[position] as number) as [
  () => number,
  () => number,
  () => number,
];

beforeAll(async () => {
  stage = await openShiftStage({ guardCount: 4 });
});
beforeEach(async () => {
  await stage.owner`truncate shifts, notifications, finqle_transactions, ops_operation_effects cascade`;
});
afterAll(() => stage.close());

const checkIn = (shift: number, guard: number) => stage.owner`
  insert into gps_checkins (shift_id, professional_id, kind, gps_point, accuracy_meters, is_within_radius, recorded_at)
  values (${shift}, ${guard}, 'in', 'SRID=4326;POINT(4.8926 52.3731)', 8, true, now())`;

const waiters = async () => {
  const [row] = await stage.owner<{ count: number }[]>`
    select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return row?.count;
};

const assignmentsOf = (shift: number) => stage.owner`
  select full_name as name, began_reason as began, ended_reason as ended
  from assignments join security_professionals on security_professionals.id = professional_id
  join users on users.id = user_id where shift_id = ${shift} order by assignments.id`;

test("what an arrival comes to in the numbers of the client stands in the plan", async () => {
  const arrival = async (startedMinutesAgo: number) => {
    const shift = await stage.planShift(24, 8);
    await stage.owner`
      update shifts set start_datetime = now() - make_interval(mins => ${startedMinutesAgo}),
                        end_datetime = now() + make_interval(mins => ${480 - startedMinutesAgo})
      where id = ${shift}`;
    const { plan } = await stage.plan(reassignShift, { shift, guard: two(), reason: "no-show" });
    return plan.consequences.find((sentence) => sentence.startsWith("They can be there"));
  };
  expect(await arrival(10)).toMatch(
    /at \d\d:\d\d at the earliest, which counts as late; until then 1[789] of 480 minutes/,
  );
  expect(await arrival(60)).toMatch(/which counts as a no-show; until then 6[789] of 480 minutes are without them/);
  await stage.owner`update security_professionals set home_point = null where id = ${two()}`;
  const shift = await stage.planShift(24, 8);
  const { plan } = await stage.plan(reassignShift, { shift, guard: two(), reason: "sick" });
  await stage.owner`update security_professionals set home_point = 'SRID=4326;POINT(4.9 52.37)' where id = ${two()}`;
  expect(plan.consequences).toContain("When they could be there is unknown, and so is what it does to the SLA.");
});

test("a guard replaces another: assignment, payment and everybody who is told change at once, and it is taken back once", async () => {
  const shift = await stage.planShift(24, 8);
  await stage.act(reassignShift, { shift, guard: one(), reason: "planning error" });
  expect(await stage.shiftOf(shift)).toMatchObject({ status: "assigned", guardId: one() });
  expect(await stage.paymentsOf(shift)).toEqual(["Guard 1 pending 240.00"]);

  const { plan } = await stage.plan(reassignShift, { shift, guard: two(), reason: "sick" });
  expect(plan.summary).toMatch(/^Replaces Guard 1 by Guard 2 on shift \d+, De Kroon, /);
  expect(plan.consequences).toEqual(
    expect.arrayContaining([
      "Guard 2 lives 0.6 km away, in a straight line.",
      "It is paid at € 30.00 an hour, Guard 2 asks € 25.00: a margin of € 40.00 over 8 h.",
      "They can be there before it starts: on time, and nothing of it uncovered.",
      "Guard 2 has no other shift beside it.",
      "In that week Guard 2 works 8 h with it.",
      "Guard 1 loses it; the payment, pending, is void.",
      "Told at once: Guard 1, Guard 2, Vesting Beveiliging.",
    ]),
  );
  const { summary, runId } = await stage.act(reassignShift, { shift, guard: two(), reason: "sick" });
  expect(summary).toBe(`Guard 2 replaced Guard 1 on shift ${shift} (sick).`);
  expect(await assignmentsOf(shift)).toEqual([
    { name: "Guard 1", began: "assigned", ended: "sick" },
    { name: "Guard 2", began: "reassigned", ended: null },
  ]);
  expect(await stage.paymentsOf(shift)).toEqual(["Guard 1 failed 240.00", "Guard 2 pending 240.00"]);
  expect(await stage.notesOf(shift)).toEqual([
    "shift_assigned Anouk",
    "shift_assigned Guard 1",
    "shift_assigned Guard 2",
    "shift_reassigned Anouk",
    "shift_unassigned Guard 1",
  ]);

  const undone = await stage.act(undoReassignment, { run: runId });
  expect(undone.summary).toBe(`It was taken back: Guard 1 has shift ${shift} again.`);
  expect(await stage.paymentsOf(shift)).toEqual([
    "Guard 1 failed 240.00",
    "Guard 2 failed 240.00",
    "Guard 1 pending 240.00",
  ]);
  await expect(stage.act(undoReassignment, { run: runId })).rejects.toThrow(/taken back already/);
  await expect(stage.act(undoReassignment, { run: undone.runId })).rejects.toThrow(/took another back already/);
});

test("what was done is not taken back once the new guard checked in, was promised pay or lost the shift again", async () => {
  const shift = await stage.planShift(2, 8, one());
  const { runId } = await stage.act(reassignShift, { shift, guard: two(), reason: "travel" });
  await stage.owner`update finqle_transactions set status = 'approved' where shift_id = ${shift}`;
  await expect(stage.act(undoReassignment, { run: runId })).rejects.toThrow(/payment of Guard 2 .* is approved/);
  await expect(stage.act(reassignShift, { shift, guard: three(), reason: "sick" })).rejects.toThrow(/is approved/);
  await stage.owner`update finqle_transactions set status = 'pending' where shift_id = ${shift}`;
  await checkIn(shift, two());
  await expect(stage.act(undoReassignment, { run: runId })).rejects.toThrow(/Guard 2 has checked in/);
  await stage.owner`delete from gps_checkins`;
  await stage.act(reassignShift, { shift, guard: three(), reason: "sick" });
  await expect(stage.act(undoReassignment, { run: runId })).rejects.toThrow(/has gone on: it is assigned with Guard 3/);
});

test("a stale view is told who changed the shift, what and when, and may go on from what stands", async () => {
  const shift = await stage.planShift(24, 8, one());
  const { version } = await stage.shiftOf(shift);
  await stage.act(reassignShift, { shift, guard: two(), reason: "sick", version });
  const { plan } = await stage.plan(reassignShift, { shift, guard: three(), reason: "sick", version });
  expect(plan.moved).toMatch(
    /^Shift \d+ is not as you saw it\. requester at \d{4}-\d\d-\d\d [\d:]{8} CES?T: Guard 2 replaced Guard 1 on shift \d+ \(sick\)\./,
  );
  await expect(stage.ask(reassignShift, { shift, guard: three(), reason: "sick", version })).rejects.toMatchObject({
    kind: "moved",
    message: expect.stringContaining("requester at"),
  });
  const now = await stage.shiftOf(shift);
  await stage.owner`update shifts set cancel_reason = 'outside' where id = ${shift}`;
  const outside = await stage.plan(reassignShift, { shift, guard: three(), reason: "sick", version: now.version });
  expect(outside.plan.moved).toMatch(/changed outside of this console at .*; it is assigned with Guard 2/);
  await stage.act(reassignShift, { shift, guard: three(), reason: "sick", version: now.version + 1 });
});

test("nobody gets a shift beside one that overlaps, without papers, or one that is over", async () => {
  const shift = await stage.planShift(24, 8);
  await stage.planShift(28, 8, one());
  const asked = (guard: number) => stage.plan(reassignShift, { shift, guard, reason: "no-show" });
  expect((await asked(one())).plan.refusals).not.toEqual([]);
  await stage.owner`update security_professionals set vca_certificate = '{"valid_until": "2020-01-01"}' where id = ${two()}`;
  expect((await asked(two())).plan.refusals).not.toEqual([]);
  await stage.owner`update security_professionals set vca_certificate = '{"valid_until": "2040-01-01"}' where id = ${two()}`;
  expect((await asked(two())).plan.refusals).toEqual([]);
  await stage.owner`update shifts set status = 'completed' where id = ${shift}`;
  expect((await asked(two())).plan.refusals).toEqual([`Shift ${shift} is completed; its guard does not change.`]);
  await expect(asked(99_999)).rejects.toThrow("There is no guard 99999.");
  await expect(stage.plan(reassignShift, { shift: 99_999, guard: 1, reason: "sick" })).rejects.toThrow(
    /no shift 99999/,
  );
});

test("a rule that warns wants a reason, and a role that may give it", async () => {
  const shift = await stage.planShift(24, 8);
  await stage.planShift(34, 8, one());
  const input = { shift, guard: one(), reason: "planning error" };
  const { plan } = await stage.plan(reassignShift, input);
  expect(plan.refusals.join(" ")).toMatch(/rest.*Give a reason to override/i);
  const explained = await stage.plan(reassignShift, { ...input, override: "She agreed by phone" });
  expect(explained.plan.refusals).toEqual([]);
  expect(explained.plan.mayConfirm).not.toContain("dba");
  await expect(stage.ask(reassignShift, { ...input, override: "She agreed by phone" })).rejects.toMatchObject({
    kind: "permission",
  });
  const { proof } = await stage.act(reassignShift, { ...input, override: "She agreed by phone" });
  expect(proof).toContainEqual({ label: "Overridden", before: "rest", after: "She agreed by phone" });
});

test("who leaves a shift that began keeps what was worked, and the next gets the rest", async () => {
  const shift = await stage.planShift(-4, 8, one());
  await stage.owner`update shifts set status = 'active' where id = ${shift}`;
  await checkIn(shift, one());
  await stage.act(unassignShift, { shift, reason: "sick" });
  expect(await stage.shiftOf(shift)).toMatchObject({ status: "published", guardId: null });
  const [worked] = await stage.paymentsOf(shift);
  expect(worked).toMatch(/^Guard 1 pending 1[2-5]\d\.\d\d$/);
  await expect(stage.act(unassignShift, { shift, reason: "sick" })).rejects.toThrow(`Nobody has shift ${shift}.`);
});

test("two guards swap overlapping shifts at once, and back", async () => {
  const shift = await stage.planShift(24, 8, one());
  const other = await stage.planShift(26, 8, two());
  const { runId } = await stage.act(swapGuards, { shift, other, reason: "client request" });
  expect([await stage.shiftOf(shift), await stage.shiftOf(other)]).toMatchObject([
    { guardId: two() },
    { guardId: one() },
  ]);
  expect(await stage.paymentsOf(other)).toEqual(["Guard 1 pending 240.00"]);
  await stage.act(undoReassignment, { run: runId });
  expect([await stage.shiftOf(shift), await stage.shiftOf(other)]).toMatchObject([
    { guardId: one() },
    { guardId: two() },
  ]);
  await stage.planShift(34, 4, one());
  await expect(
    stage.act(swapGuards, { shift, other, reason: "client request", override: "agreed" }),
  ).resolves.toBeTruthy();
  await expect(stage.plan(swapGuards, { shift, other: shift, reason: "sick" })).rejects.toThrow(/with itself/);
});

test("a shift is cut in two that abut: the first keeps guard and pay for its hours, the second is another's or open", async () => {
  const shift = await stage.planShift(24, 8);
  await stage.act(reassignShift, { shift, guard: one(), reason: "planning error" });
  const [row] = await stage.owner<{ at: string }[]>`
    select to_char(start_datetime + interval '5 hours' , 'YYYY-MM-DD"T"HH24:MI') as at
    from (select start_datetime at time zone 'Europe/Amsterdam' as start_datetime from shifts where id = ${shift}) as local`;
  const at = row?.at as string;
  await expect(stage.act(splitShift, { shift, at: "2020-01-01T00:00", reason: "working time" })).rejects.toThrow(
    /does not lie within/,
  );
  await stage.act(splitShift, { shift, at, guard: two(), reason: "working time" });
  const halves = await stage.owner`
    select status, professional_id::integer as guard, extract(epoch from end_datetime - start_datetime)::integer / 3600 as hours,
           start_datetime = lag(end_datetime) over (order by start_datetime) as abuts
    from shifts order by start_datetime`;
  expect(halves).toEqual([
    { status: "assigned", guard: one(), hours: 5, abuts: null },
    { status: "assigned", guard: two(), hours: 3, abuts: true },
  ]);
  expect(await stage.paymentsOf(shift)).toEqual(["Guard 1 failed 240.00", "Guard 1 pending 150.00"]);
});

test("a cancelled shift has its reason, its guard is told and paid nothing, and it stays cancelled", async () => {
  const shift = await stage.planShift(24, 8);
  const { runId } = await stage.act(reassignShift, { shift, guard: one(), reason: "planning error" });
  await stage.act(cancelShift, { shift, reason: "client request" });
  const [row] = await stage.owner`select status, cancel_reason, cancelled_at is not null as "isDated" from shifts`;
  expect(row).toEqual({ status: "cancelled", cancel_reason: "client request", isDated: true });
  expect(await stage.paymentsOf(shift)).toEqual(["Guard 1 failed 240.00"]);
  expect(await stage.notesOf(shift)).toContain("shift_cancelled Guard 1");
  expect((await assignmentsOf(shift))[0]).toMatchObject({ ended: "client request" });
  await expect(stage.act(undoReassignment, { run: runId })).rejects.toThrow(/it is cancelled/);
  await expect(stage.act(cancelShift, { shift, reason: "sick" })).rejects.toThrow(/is cancelled/);
});

test("of several some are done and some are not, each with its reason, and it is never called done", async () => {
  const shifts = [await stage.planShift(24, 8), await stage.planShift(24, 8), await stage.planShift(48, 8)];
  const rows = `${shifts[0]}:${one()}, ${shifts[1]}:${one()}, ${shifts[2]}:${two()}`;
  const outcome = await stage.act(bulkReassign, { rows, reason: "sick" });
  expect(outcome).toMatchObject({ summary: "2 of 3 done.", isPartial: true });
  expect(outcome.proof.map(({ before }) => before)).toEqual(["nobody", "not done", "nobody"]);
  await stage.act(undoReassignment, { run: outcome.runId, part: 3 });
  expect(await stage.shiftOf(shifts[2] as number)).toMatchObject({ guardId: null, status: "published" });
  const refused = stage.act(bulkReassign, { rows: `${shifts[1]}:${one()}`, reason: "sick" });
  await expect(refused).rejects.toThrow(/None of them can be done/);
  expect(bulkReassign.readInput({ rows: "1:2, 1:3", reason: "sick" })).toHaveProperty("complaint");
  expect(bulkReassign.readInput({ rows: "1-2", reason: "sick" })).toHaveProperty("complaint");
});

test("guards are taken off several shifts at the versions that were seen, and one of them is given back", async () => {
  const [first, second, open] = [
    await stage.planShift(24, 8),
    await stage.planShift(48, 8),
    await stage.planShift(72, 8),
  ];
  await stage.act(reassignShift, { shift: first, guard: one(), reason: "sick" });
  await stage.act(reassignShift, { shift: second, guard: two(), reason: "sick" });
  const { version } = await stage.shiftOf(first);
  const rows = `${first}@${version}, ${second}@1, ${open}`;
  const { plan } = await stage.plan(bulkUnassign, { rows, reason: "sick" });
  expect(plan.summary).toBe("Opens 3 shifts, of which 1 can be as they stand now.");
  expect(plan.consequences[1]).toMatch(/will not be done: .* is not as you saw it/);
  const outcome = await stage.act(bulkUnassign, { rows, reason: "sick" });
  expect(outcome).toMatchObject({ summary: "1 of 3 done.", isPartial: true });
  expect(outcome.proof).toMatchObject([
    { label: `Shift ${first}`, before: "Guard 1", after: "nobody" },
    { before: "not done", after: expect.stringMatching(/is not as you saw it.*Guard 2 got shift/) },
    { before: "not done", after: expect.stringContaining(`Nobody has shift ${open}.`) },
  ]);
  expect(await stage.shiftOf(second)).toMatchObject({ guardId: two(), status: "assigned" });
  await stage.act(undoReassignment, { run: outcome.runId, part: 1 });
  expect(await stage.shiftOf(first)).toMatchObject({ guardId: one(), status: "assigned" });
  await expect(stage.act(undoReassignment, { run: outcome.runId, part: 1 })).rejects.toThrow(/taken back already/);
});

test("a bulk that is stopped says which rows stand, and none that fails loses its reasons", async () => {
  const [first, second, third] = [
    await stage.planShift(24, 8, one()),
    await stage.planShift(48, 8, one()),
    await stage.planShift(72, 8, one()),
  ];
  const { version } = await stage.shiftOf(second);
  const stop = new AbortController();
  const bulk = (rows: string, signal?: AbortSignal) =>
    stage.act(bulkUnassign, { rows, reason: "sick" }, signal).catch((error: unknown) => error);
  const [stopped, changed] = await stage.owner.begin(async (holder) => {
    await holder`update shifts set hourly_rate = 31 where id = ${second}`;
    const stopped = bulk(`${first} ${second} ${third}`, stop.signal);
    const changed = bulk(`${second}@${version}`);
    await until(async () => (await stage.shiftOf(first)).guardId === null && (await waiters()) === 2);
    stop.abort(new Error("called off"));
    return [stopped, changed].map((run) => () => run);
  });
  expect(await stopped?.()).toMatchObject({
    name: "OperationStopped",
    message: "It was stopped: 1 of 3 had been done, and stand.",
    proof: [
      { row: { shiftId: first, isDone: true } },
      { after: "The run was stopped before it.", row: { shiftId: second, isDone: false } },
      { row: { shiftId: third, isDone: false } },
    ],
  });
  expect(await stage.shiftOf(second)).toMatchObject({ guardId: one() });
  expect(await changed?.()).toMatchObject({
    name: "OperationRefusal",
    proof: [{ before: "not done", after: expect.stringContaining("is not as you saw it") }],
  });
});

test("several shifts are cancelled, what is paid already is not, and that is not taken back", async () => {
  const [first, paid] = [await stage.planShift(24, 8), await stage.planShift(48, 8)];
  await stage.act(reassignShift, { shift: paid, guard: two(), reason: "sick" });
  await stage.owner`update finqle_transactions set status = 'approved', approved_at = now() where shift_id = ${paid}`;
  const outcome = await stage.act(bulkCancel, { rows: `${first} ${paid}`, reason: "client request" });
  expect(outcome.proof.map(({ before, after }) => `${before}: ${after}`)).toEqual([
    "nobody: nobody",
    `not done: Nothing was done. The payment of Guard 2 for shift ${paid} is approved at Finqle.`,
  ]);
  expect(await stage.shiftOf(first)).toMatchObject({ status: "cancelled" });
  await expect(stage.act(undoReassignment, { run: outcome.runId, part: 1 })).rejects.toThrow(/not taken back by this/);
  expect(bulkCancel.readInput({ rows: `${first}:7`, reason: "sick" })).toHaveProperty("complaint");
});

test("an incident is acknowledged, then closed, each once", async () => {
  const shift = await stage.planShift(-1, 8, one());
  const [row] = await stage.owner<{ id: string }[]>`
    insert into incidents (shift_id, severity, summary, reported_at)
    values (${shift}, 'high', 'A fire alarm', now() - interval '7 minutes') returning id`;
  const incident = Number(row?.id);
  await expect(stage.act(closeIncident, { incident })).rejects.toThrow(/Acknowledge it first/);
  expect((await stage.act(acknowledgeIncident, { incident })).summary).toBe(
    `Incident ${incident} was acknowledged 7 min after it was reported.`,
  );
  await expect(stage.act(acknowledgeIncident, { incident })).rejects.toThrow(/acknowledged already/);
  await stage.act(closeIncident, { incident });
  await expect(stage.act(closeIncident, { incident })).rejects.toThrow(/closed already/);
});
