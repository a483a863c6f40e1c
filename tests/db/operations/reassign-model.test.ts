import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { OperationRefusal } from "../../../db/operation";
import { cancelShift } from "../../../db/operations/cancel-shift";
import { reassignShift } from "../../../db/operations/reassign-shift";
import { swapGuards } from "../../../db/operations/swap-guards";
import { undoReassignment } from "../../../db/operations/undo-reassignment";
import { openShiftStage, type ShiftStage } from "./shift-stage";

const [shiftCount, guardCount] = [50, 10];
const commandCount = process.env.SOAK === "1" ? 2_000 : 120;

let stage: ShiftStage;
beforeAll(async () => {
  stage = await openShiftStage({ guardCount });
});
afterAll(() => stage.close());

type ModelShift = {
  id: number;
  fromHours: number;
  hours: number;
  guard: number | null;
  isCancelled: boolean;
  payments: string[];
  notes: string[];
};
type ModelRun = {
  runId: string;
  isUndone: boolean;
  changes: { shift: ModelShift; before: number | null; after: number | null }[];
};

const guard = fc.nat({ max: guardCount - 1 });
const shift = fc.nat({ max: shiftCount - 1 });
const command = fc.oneof(
  { weight: 5, arbitrary: fc.record({ verb: fc.constant("reassign" as const), shift, guard }) },
  { weight: 3, arbitrary: fc.record({ verb: fc.constant("swap" as const), shift, other: shift }) },
  { weight: 1, arbitrary: fc.record({ verb: fc.constant("cancel" as const), shift: fc.nat({ max: 15 }) }) },
  { weight: 3, arbitrary: fc.record({ verb: fc.constant("undo" as const), back: fc.nat({ max: 6 }) }) },
);
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

/** The rules, said once more in the simplest way. */
class Model {
  runs: ModelRun[] = [];
  constructor(readonly shifts: ModelShift[]) {}

  isFree(guardAt: number, wanted: ModelShift, without: ModelShift[] = []): boolean {
    return !this.shifts.some(
      (other) =>
        other !== wanted &&
        !without.includes(other) &&
        other.guard === guardAt &&
        !other.isCancelled &&
        other.fromHours < wanted.fromHours + wanted.hours &&
        wanted.fromHours < other.fromHours + other.hours,
    );
  }

  mayPlace(target: ModelShift, guardAt: number, without: ModelShift[] = []): boolean {
    return !target.isCancelled && target.guard !== guardAt && this.isFree(guardAt, target, without);
  }

  place(target: ModelShift, guardAt: number | null) {
    const before = target.guard;
    this.leave(target);
    if (before !== null) target.notes.push(`shift_unassigned Guard ${before + 1}`);
    if (guardAt !== null) {
      target.payments.push(`Guard ${guardAt + 1} pending`);
      target.notes.push(`shift_assigned Guard ${guardAt + 1}`);
    }
    const told = guardAt === null ? "shift_unassigned" : before === null ? "shift_assigned" : "shift_reassigned";
    target.notes.push(`${told} Anouk`);
    target.guard = guardAt;
    return { shift: target, before, after: guardAt };
  }

  leave(target: ModelShift) {
    target.payments = target.payments.map((payment) => payment.replace("pending", "failed"));
  }

  cancel(target: ModelShift) {
    this.leave(target);
    if (target.guard !== null) target.notes.push(`shift_cancelled Guard ${target.guard + 1}`);
    target.notes.push("shift_cancelled Anouk");
    target.isCancelled = true;
  }
}

const override = "the model says so";

/** Whether the model lets the command through; it is carried out in the database first, and then in the model. */
async function follow(model: Model, given: Command): Promise<void> {
  const asked = plan(model, given);
  if (!asked) return;
  const { operation, input, isAllowed, effect } = asked;
  const outcome = await stage.act(operation, input).catch((error: unknown) => {
    if (error instanceof OperationRefusal) return error;
    throw error;
  });
  const told = outcome instanceof OperationRefusal ? outcome.message : "";
  expect([given.verb, input, isAllowed, told]).toEqual([given.verb, input, told === "", told]);
  if (outcome instanceof OperationRefusal) return;
  const changes = effect();
  if (changes) model.runs.push({ runId: outcome.runId, isUndone: given.verb === "undo", changes });
}

function plan(model: Model, given: Command) {
  const target = (at: number) => model.shifts[at] as ModelShift;
  if (given.verb === "reassign") {
    const one = target(given.shift);
    return {
      operation: reassignShift,
      input: { shift: one.id, guard: stage.guardIds[given.guard], reason: "sick", override },
      isAllowed: model.mayPlace(one, given.guard),
      effect: () => [model.place(one, given.guard)],
    };
  }
  if (given.verb === "swap") {
    const [one, other] = [target(given.shift), target(given.other)];
    const [first, second] = [one.guard, other.guard];
    return {
      operation: swapGuards,
      input: { shift: one.id, other: other.id, reason: "client request", override },
      isAllowed:
        one !== other &&
        first !== null &&
        second !== null &&
        model.mayPlace(one, second, [other]) &&
        model.mayPlace(other, first, [one]),
      effect: () => [model.place(one, second), model.place(other, first)],
    };
  }
  if (given.verb === "cancel") {
    const one = target(given.shift);
    return {
      operation: cancelShift,
      input: { shift: one.id, reason: "client request" },
      isAllowed: !one.isCancelled,
      effect: () => model.cancel(one),
    };
  }
  const run = model.runs.at(-1 - given.back);
  if (!run) return undefined;
  const shifts = run.changes.map((change) => change.shift);
  return {
    operation: undoReassignment,
    input: { run: run.runId },
    isAllowed:
      !run.isUndone &&
      run.changes.every(
        ({ shift: one, before, after }) =>
          !one.isCancelled && one.guard === after && (before === null || model.isFree(before, one, shifts)),
      ),
    effect: () => {
      run.isUndone = true;
      return run.changes.map(({ shift: one, before }) => model.place(one, before));
    },
  };
}

async function expectAgreement(model: Model): Promise<void> {
  const rows = await stage.owner<{ id: string; guard: string | null; status: string }[]>`
    select id, professional_id as guard, status from shifts order by id`;
  expect(rows.map(({ id, guard: has, status }) => [Number(id), has === null ? null : Number(has), status])).toEqual(
    model.shifts.map(({ id, guard: has, isCancelled }) => {
      const status = isCancelled ? "cancelled" : has === null ? "published" : "assigned";
      return [id, has === null ? null : stage.guardIds[has], status];
    }),
  );
  const doubles = await stage.owner`
    select from shifts one join shifts other on other.professional_id = one.professional_id and other.id > one.id
      and tstzrange(one.start_datetime, one.end_datetime) && tstzrange(other.start_datetime, other.end_datetime)
    where one.status = 'assigned' and other.status = 'assigned'`;
  expect(doubles).toHaveLength(0);
  const told = await stage.owner<{ id: string; payments: string[]; notes: string[] }[]>`
    select shifts.id,
      array(select users.full_name || ' ' || payment.status from finqle_transactions payment
            join security_professionals on security_professionals.id = payment.professional_id
            join users on users.id = user_id where payment.shift_id = shifts.id order by payment.id) as payments,
      array(select type || ' ' || users.full_name from notifications join users on users.id = notifications.user_id
            where (data ->> 'shift_id')::bigint = shifts.id) as notes
    from shifts order by id`;
  expect(told.map(({ payments, notes }) => [payments, notes.sort()])).toEqual(
    model.shifts.map(({ payments, notes }) => [payments, [...notes].sort()]),
  );
}

test(`${commandCount} reassignments, swaps, cancellations and undos: nobody stands twice, and payments and messages match`, async () => {
  const hours = fc.array(fc.tuple(fc.integer({ min: 24, max: 24 * 8 }), fc.integer({ min: 4, max: 10 })), {
    minLength: shiftCount,
    maxLength: shiftCount,
  });
  const commands = fc.array(command, { minLength: commandCount, maxLength: commandCount });
  const property = fc.asyncProperty(hours, commands, async (spans, given) => {
    await stage.owner`truncate shifts, notifications, finqle_transactions, ops_operation_effects cascade`;
    const shifts: ModelShift[] = [];
    for (const [fromHours, lasts] of spans)
      shifts.push({
        id: await stage.planShift(fromHours, lasts),
        fromHours,
        hours: lasts,
        guard: null,
        isCancelled: false,
        payments: [],
        notes: [],
      });
    const model = new Model(shifts);
    for (const [position, one] of given.entries()) {
      await follow(model, one);
      if (position % 20 === 19) await expectAgreement(model);
    }
    await expectAgreement(model);
    expect(model.runs.length).toBeGreaterThan(commandCount / 6);
  });
  await fc.assert(property, { numRuns: 1, endOnFailure: true });
}, 600_000);
