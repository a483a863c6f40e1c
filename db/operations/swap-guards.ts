import { z } from "zod";

import { defineOperation, OperationRefusal, type PlanContext } from "../operation";
import { explainingRefusals, holdShifts } from "../shifts/changes/change-shifts";
import { exchangeGuards } from "../shifts/changes/exchange-guards";
import { judgePlacing } from "../shifts/changes/judge-placing";
import type { StandingGuard, StandingShift } from "../shifts/changes/standing-shift";
import { findGuard, findShifts, movedSince, nameShift, shiftFields, shiftInputs } from "./find-shift";
import { tellNotified } from "./preview-placing";

const { shift, reason, version, override } = shiftInputs;
const input = z.object({ shift, other: shift, reason, override, version, otherVersion: version });

export const swapGuards = defineOperation({
  id: "swap-guards",
  title: "Swap two guards",
  purpose: "Gives each of two shifts the guard of the other, both or neither.",
  risk: "medium",
  permission: "shifts.reassign",
  changes: "rows",
  input,
  fields: [
    shiftFields.shift,
    { ...shiftFields.shift, name: "other", label: "Other shift" },
    shiftFields.reason,
    shiftFields.override,
    shiftFields.version,
    { ...shiftFields.version, name: "otherVersion", label: "Version of the other that you saw" },
  ],
  plan: async (context, given) => {
    if (given.shift === given.other) throw new OperationRefusal("A shift cannot swap its guard with itself.");
    const pair = await findPair(context.securyflex, given);
    const judged = await judgePair(context.securyflex, pair);
    const isUnexplained = judged.rules.length > 0 && given.override === undefined;
    const [one, other] = pair.map(({ shift: standing }) => standing) as [StandingShift, StandingShift];
    const { moved = undefined } = {
      ...(await movedSince(context, other, given.otherVersion)),
      ...(await movedSince(context, one, given.version)),
    };
    return {
      target: `shift:${one.id},shift:${other.id}`,
      exclusiveKey: `shift:${Math.min(one.id, other.id)}`,
      summary: `Swaps ${one.guardName ?? "nobody"} on ${nameShift(one)} and ${other.guardName ?? "nobody"} on ${nameShift(other)}.`,
      consequences: [
        ...(isUnexplained ? [] : judged.warnings.map((warning) => `Overridden: ${warning}`)),
        ...judged.remarks,
        "What was pending for either is void, and what each gets now is pending.",
        tellNotified([one.guardName, other.guardName, one.companyName, other.companyName]),
      ],
      refusals: [...judged.refusals, ...(isUnexplained ? [...judged.warnings, "Give a reason to override."] : [])],
      statements: [],
      basis: { version: one.version, otherVersion: other.version, rules: judged.rules.join(", ") },
      ...(judged.mayConfirm ? { mayConfirm: judged.mayConfirm } : {}),
      ...(moved ? { moved } : {}),
    };
  },
  run: async (context, plan, given) => {
    const planned = await findPair(context.securyflex, given);
    const timeZone = planned[0]?.shift.timeZone as string;
    const guards = planned.flatMap(({ guard }) => (guard ? [guard] : []));
    return explainingRefusals(timeZone, () =>
      context.transact(async (transaction) => {
        const seen = [
          { shiftId: given.shift, version: Number(plan.basis.version) },
          { shiftId: given.other, version: Number(plan.basis.otherVersion) },
        ];
        const held = await holdShifts(context, transaction, seen, guards);
        const pair = planned.map(({ shift: { id }, guard }) => ({ shift: held.get(id) as StandingShift, guard }));
        const judged = await judgePair(transaction, pair);
        const isExplained = given.override !== undefined && judged.rules.join(", ") === plan.basis.rules;
        const [refusal] = [...judged.refusals, ...(isExplained ? [] : judged.warnings)];
        if (refusal) throw new OperationRefusal(`Nothing was done. ${refusal}`);
        const changes = await exchangeGuards(transaction, pair as { shift: StandingShift; guard: StandingGuard }[], {
          reason: given.reason,
          runId: context.runId,
        });
        return {
          outcome: {
            summary: `${pair[0]?.shift.guardName} and ${pair[1]?.shift.guardName} swapped shifts ${given.shift} and ${given.other} (${given.reason}).`,
            proof: changes.map(({ shiftId, before, after }) => ({
              label: `Guard of shift ${shiftId}`,
              before: before.guardName ?? "nobody",
              after: after.guardName ?? "nobody",
            })),
          },
          changes,
        };
      }),
    );
  },
  undo: "Undo the reassignment, until either checks in or a payment is approved.",
  timeoutSeconds: 60,
});

type Placed = { shift: StandingShift; guard: StandingGuard | null };

/** Each shift with the guard of the other, whom it is to get; null where the other has none. */
async function findPair(
  securyflex: PlanContext["securyflex"],
  { shift: oneId, other: otherId }: { shift: number; other: number },
): Promise<Placed[]> {
  const [one, other] = (await findShifts(securyflex, [oneId, otherId])) as [StandingShift, StandingShift];
  const guardOf = ({ guardId }: StandingShift) => (guardId === null ? null : findGuard(securyflex, guardId));
  return [
    { shift: one, guard: await guardOf(other) },
    { shift: other, guard: await guardOf(one) },
  ];
}

async function judgePair(db: Parameters<typeof judgePlacing>[0], pair: readonly Placed[]) {
  const judged = await Promise.all(
    pair.map(async ({ shift: standing, guard }, position) => {
      if (!guard)
        return {
          refusals: [`Nobody has shift ${pair[1 - position]?.shift.id}.`],
          warnings: [],
          remarks: [],
          rules: [],
        };
      const without = [pair[1 - position]?.shift.id as number];
      return judgePlacing(db, standing, guard, { without, asOf: new Date() });
    }),
  );
  const roles = judged.flatMap((one) => ("mayConfirm" in one && one.mayConfirm ? [one.mayConfirm] : []));
  const both =
    roles.length === 0 ? undefined : roles.reduce((left, right) => left.filter((role) => right.includes(role)));
  return {
    refusals: judged.flatMap(({ refusals }) => refusals),
    warnings: judged.flatMap(({ warnings }) => warnings),
    remarks: judged.flatMap(({ remarks }) => remarks),
    rules: judged.flatMap(({ rules }) => rules).sort(),
    ...(both ? { mayConfirm: both } : {}),
  };
}
