import type { z } from "zod";

import {
  OperationRefusal,
  type Outcome,
  type Plan,
  type PlanContext,
  type RunContext,
  type Transaction,
} from "../operation";
import { explainingRefusals, holdShifts } from "../shifts/changes/change-shifts";
import type { ShiftChange } from "../shifts/changes/shift-change";
import type { StandingShift } from "../shifts/changes/standing-shift";
import { findShift, movedSince, type shiftInputs } from "./find-shift";
import { tellLoss, tellNotified } from "./preview-placing";

/** A change of one shift that names nobody new. */
export type OneShiftChange = {
  summarise: (standing: StandingShift) => string;
  /** What it means beside who loses what and who is told. */
  consequence: string;
  refuse: (standing: StandingShift) => string[];
  change: (
    transaction: Transaction,
    standing: StandingShift,
    cause: { reason: string; runId: string },
  ) => Promise<ShiftChange>;
  tellDone: (standing: StandingShift, change: ShiftChange) => string;
};

type Asked = {
  shift: number;
  reason: z.output<typeof shiftInputs.reason>;
  /** The version that was seen; undefined is any. */
  version?: number;
};

/** What the change would bring, and why not. Throws OperationRefusal where there is no such shift. */
export async function planChange(context: PlanContext, kind: OneShiftChange, { shift, version }: Asked): Promise<Plan> {
  const standing = await findShift(context.securyflex, shift);
  return {
    target: `shift:${standing.id}`,
    exclusiveKey: `shift:${standing.id}`,
    summary: kind.summarise(standing),
    consequences: [kind.consequence, ...tellLoss(standing), tellNotified([standing.guardName, standing.companyName])],
    refusals: kind.refuse(standing),
    statements: [],
    basis: { version: standing.version, guardId: standing.guardId },
    ...(await movedSince(context, standing, version)),
  };
}

/** Changes the shift under lock, judged again there. Throws OperationRefusal where it was not done. */
export async function changeOneShift(
  context: RunContext,
  kind: OneShiftChange,
  { shift, reason, version }: Asked,
  part?: number,
): Promise<Outcome> {
  const { timeZone } = await findShift(context.securyflex, shift);
  return explainingRefusals(timeZone, () =>
    context.transact(async (transaction) => {
      const held = await holdShifts(context, transaction, [{ shiftId: shift, version }], []);
      const standing = held.get(shift) as StandingShift;
      const [refusal] = kind.refuse(standing);
      if (refusal) throw new OperationRefusal(`Nothing was done. ${refusal}`);
      const change = await kind.change(transaction, standing, { reason, runId: context.runId });
      return {
        outcome: {
          summary: `${kind.tellDone(standing, change)} (${reason}).`,
          proof: [
            { label: "Guard", before: standing.guardName ?? "nobody", after: "nobody" },
            { label: "Status", before: change.before.status, after: change.after.status },
          ],
        },
        changes: [change],
      };
    }, part),
  );
}
