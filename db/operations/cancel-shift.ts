import { z } from "zod";

import { defineOperation, OperationRefusal } from "../operation";
import { explainingRefusals, holdShifts } from "../shifts/changes/change-shifts";
import { refuseChange } from "../shifts/changes/judge-placing";
import { cancelStanding } from "../shifts/changes/place-guard";
import type { StandingShift } from "../shifts/changes/standing-shift";
import { findShift, movedSince, nameShift, shiftFields, shiftInputs } from "./find-shift";
import { tellLoss, tellNotified } from "./preview-placing";

const { shift, reason, version } = shiftInputs;

export const cancelShift = defineOperation({
  id: "cancel-shift",
  title: "Cancel a shift",
  purpose: "Calls a shift off for good, with its reason.",
  risk: "medium",
  permission: "shifts.reassign",
  changes: "rows",
  input: z.object({ shift, reason, version }),
  fields: [shiftFields.shift, shiftFields.reason, shiftFields.version],
  plan: async (context, { shift: shiftId, version: seen }) => {
    const standing = await findShift(context.securyflex, shiftId);
    return {
      target: `shift:${standing.id}`,
      exclusiveKey: `shift:${standing.id}`,
      summary: `Cancels ${nameShift(standing)}.`,
      consequences: [
        "The post stays empty. It cannot be taken back: a new shift would have to be made.",
        ...tellLoss(standing),
        tellNotified([standing.guardName, standing.companyName]),
      ],
      refusals: refuseChange(standing),
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
        const [refusal] = refuseChange(standing);
        if (refusal) throw new OperationRefusal(`Nothing was done. ${refusal}`);
        const change = await cancelStanding(transaction, standing, { reason: code, runId: context.runId });
        return {
          outcome: {
            summary: `Shift ${shiftId} was cancelled (${code}).`,
            proof: [
              { label: "Status", before: change.before.status, after: "cancelled" },
              { label: "Guard", before: standing.guardName ?? "nobody", after: "nobody" },
            ],
          },
          changes: [change],
        };
      }),
    );
  },
  undo: undefined,
  timeoutSeconds: 60,
});
