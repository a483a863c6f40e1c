import { z } from "zod";

import { defineOperation, OperationRefusal, type Outcome, type PlanContext, type RunContext } from "../operation";
import { explainingRefusals, holdShifts } from "../shifts/changes/change-shifts";
import { judgePlacing } from "../shifts/changes/judge-placing";
import { placeGuard } from "../shifts/changes/place-guard";
import type { StandingShift } from "../shifts/changes/standing-shift";
import { findGuard, findShift, movedSince, nameShift, shiftFields, shiftInputs } from "./find-shift";
import { previewPlacing } from "./preview-placing";

const { shift, guard, reason, version, override } = shiftInputs;
const input = z.object({ shift, guard, reason, override, version });
export type Placing = z.output<typeof input>;

export const reassignShift = defineOperation({
  id: "reassign-shift",
  title: "Reassign a shift",
  purpose: "Gives a shift to a guard, in place of whoever has it.",
  risk: "low",
  permission: "shifts.reassign",
  changes: "rows",
  input,
  fields: [shiftFields.shift, shiftFields.guard, shiftFields.reason, shiftFields.override, shiftFields.version],
  plan: planPlacing,
  run: (context, plan, placing) =>
    place(context, placing, {
      version: Number(plan.basis.version),
      rules: String(plan.basis.rules),
    }),
  undo: "Undo the reassignment, until the new guard checks in or the payment is approved.",
  timeoutSeconds: 60,
});

/** What giving the shift to the guard would bring, and why not. Throws OperationRefusal where one is not there. */
export async function planPlacing(context: PlanContext, placing: Placing) {
  const { securyflex } = context;
  const standing = await findShift(securyflex, placing.shift);
  const taker = await findGuard(securyflex, placing.guard);
  const { moved } = await movedSince(context, standing, placing.version);
  const judged = await judgePlacing(securyflex, standing, taker, { asOf: new Date() });
  const isUnexplained = judged.rules.length > 0 && placing.override === undefined;
  return {
    target: `shift:${standing.id}`,
    exclusiveKey: `shift:${standing.id}`,
    summary: standing.guardName
      ? `Replaces ${standing.guardName} by ${taker.fullName} on ${nameShift(standing)}.`
      : `Gives ${nameShift(standing)} to ${taker.fullName}.`,
    consequences: [
      ...(moved ? [] : await previewPlacing(securyflex, standing, taker)),
      ...(isUnexplained ? [] : judged.warnings.map((warning) => `Overridden: ${warning}`)),
      ...judged.remarks,
    ],
    refusals: [
      ...judged.refusals,
      ...(isUnexplained ? [...judged.warnings, "Give a reason to override, or choose another guard."] : []),
    ],
    statements: [],
    basis: { version: standing.version, guardId: standing.guardId, rules: judged.rules.join(", ") },
    ...(moved ? { moved } : {}),
    ...(judged.mayConfirm ? { mayConfirm: judged.mayConfirm } : {}),
  };
}

/** Gives the shift to the guard under lock, judged again there. Throws OperationRefusal where it was not done. */
export async function place(
  context: RunContext,
  placing: Placing,
  /** What the plan saw; an undefined version is any. */
  seen: { version: number | undefined; rules: string | undefined },
  part?: number,
): Promise<Outcome> {
  const taker = await findGuard(context.securyflex, placing.guard);
  const { timeZone } = await findShift(context.securyflex, placing.shift);
  return explainingRefusals(timeZone, () =>
    context.transact(async (transaction) => {
      const seenShift = { shiftId: placing.shift, version: seen.version };
      const held = await holdShifts(context, transaction, [seenShift], [taker]);
      const standing = held.get(placing.shift) as StandingShift;
      const judged = await judgePlacing(transaction, standing, taker, { asOf: new Date() });
      const isJudgedAnew = seen.rules !== undefined && judged.rules.join(", ") !== seen.rules;
      const unexplained = placing.override === undefined || isJudgedAnew ? judged.warnings : [];
      const [refusal] = [...judged.refusals, ...unexplained];
      if (refusal) throw new OperationRefusal(`Nothing was done. ${refusal}`);
      const change = await placeGuard(transaction, standing, taker, { reason: placing.reason, runId: context.runId });
      const summary = standing.guardName
        ? `${taker.fullName} replaced ${standing.guardName} on shift ${standing.id} (${placing.reason}).`
        : `${taker.fullName} got shift ${standing.id} (${placing.reason}).`;
      return {
        outcome: {
          summary,
          proof: [
            { label: "Guard", before: standing.guardName ?? "nobody", after: taker.fullName },
            { label: "Status", before: change.before.status, after: change.after.status },
            { label: "Version", before: String(standing.version), after: String(change.version) },
            ...(placing.override
              ? [{ label: "Overridden", before: judged.rules.join(", "), after: placing.override }]
              : []),
          ],
        },
        changes: [change],
      };
    }, part),
  );
}
