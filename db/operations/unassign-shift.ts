import { z } from "zod";

import { defineOperation, OperationRefusal } from "../operation";
import { explainingRefusals, holdShifts } from "../shifts/changes/change-shifts";
import { refuseChange } from "../shifts/changes/judge-placing";
import { placeGuard } from "../shifts/changes/place-guard";
import type { StandingShift } from "../shifts/changes/standing-shift";
import { findShift, movedSince, nameShift, shiftFields, shiftInputs } from "./find-shift";
import { tellLoss, tellNotified } from "./preview-placing";

const { shift, reason, version } = shiftInputs;

export const unassignShift = defineOperation({
  id: "unassign-shift",
  title: "Take the guard off a shift",
  purpose: "Leaves a shift open, published for another guard.",
  risk: "low",
  permission: "shifts.reassign",
  changes: "rows",
  input: z.object({ shift, reason, version }),
  fields: [shiftFields.shift, shiftFields.reason, shiftFields.version],
  plan: async (context, { shift: shiftId, version: seen }) => {
    const standing = await findShift(context.securyflex, shiftId);
    return {
      target: `shift:${standing.id}`,
      exclusiveKey: `shift:${standing.id}`,
      summary: `Takes ${standing.guardName ?? "nobody"} off ${nameShift(standing)}.`,
      consequences: [
        "Nobody stands on it until somebody is assigned.",
        ...tellLoss(standing),
        tellNotified([standing.guardName, standing.companyName]),
      ],
      refusals: refuseTaking(standing),
      statements: [],
      basis: { version: standing.version, guardId: standing.guardId },
      ...(await movedSince(context, standing, seen)),
    };
  },
  run: async (context, plan, { shift: shiftId, reason: code }) => {
    const { timeZone } = await findShift(context.securyflex, shiftId);
    return explainingRefusals(timeZone, () =>
      context.transact(async (transaction) => {
        const seen = [{ shiftId, version: Number(plan.basis.version) }];
        const standing = (await holdShifts(context, transaction, seen, [])).get(shiftId) as StandingShift;
        const [refusal] = refuseTaking(standing);
        if (refusal) throw new OperationRefusal(`Nothing was done. ${refusal}`);
        const change = await placeGuard(transaction, standing, null, { reason: code, runId: context.runId });
        return {
          outcome: {
            summary: `${standing.guardName} was taken off shift ${shiftId} (${code}).`,
            proof: [
              { label: "Guard", before: standing.guardName ?? "nobody", after: "nobody" },
              { label: "Status", before: change.before.status, after: change.after.status },
            ],
          },
          changes: [change],
        };
      }),
    );
  },
  undo: "Undo the reassignment: the guard gets the shift back, while the guard is free.",
  timeoutSeconds: 60,
});

function refuseTaking(standing: StandingShift): string[] {
  return [...refuseChange(standing), ...(standing.guardId === null ? [`Nobody has shift ${standing.id}.`] : [])];
}
