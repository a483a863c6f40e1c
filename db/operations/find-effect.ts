import { and, eq } from "drizzle-orm";

import { OperationRefusal, type Transaction } from "../operation";
import { opsOperationEffects as effects } from "../schema";
import { hasCheckedIn } from "../shifts/changes/settle-payment";
import type { ShiftChange } from "../shifts/changes/shift-change";
import type { StandingShift } from "../shifts/changes/standing-shift";
import { clockTime } from "../shifts/changes/tell-moves";

/** Operations whose effect another run may take back. */
const undoable = new Set([
  "reassign-shift",
  "unassign-shift",
  "swap-guards",
  "bulk-reassign",
  "bulk-unassign",
  "record-offer-answer",
]);

export type DoneEffect = { runId: string; part: number; operation: string; at: Date; changes: ShiftChange[] };

/** What a run did. Throws OperationRefusal with the reason where it did nothing or cannot be taken back at all. */
export async function findEffect(
  db: Pick<Transaction, "select">,
  { run, part }: { run: string; part: number },
): Promise<DoneEffect> {
  const [effect] = await db
    .select()
    .from(effects)
    .where(and(eq(effects.runId, run), eq(effects.part, part)));
  if (!effect?.changes || effect.changes.length === 0)
    throw new OperationRefusal(`No run ${run} has changed a shift in the last 90 days.`);
  if (effect.undoesRunId)
    throw new OperationRefusal("That run took another back already; reassign the shift in its place.");
  if (!undoable.has(effect.operation))
    throw new OperationRefusal(`What ${effect.operation} did is not taken back by this.`);
  const { runId, operation, at, changes } = effect;
  return { runId, part: effect.part, operation, at, changes };
}

/** Why an effect cannot be taken back any more; none where it can. */
export async function refuseUndo(
  db: Pick<Transaction, "select">,
  effect: DoneEffect,
  standing: readonly StandingShift[],
): Promise<string[]> {
  const [undone] = await db
    .select({ at: effects.at })
    .from(effects)
    .where(and(eq(effects.undoesRunId, effect.runId), eq(effects.undoesPart, effect.part)));
  if (undone)
    return [`It was taken back already, at ${clockTime(undone.at, standing[0]?.timeZone ?? "Europe/Amsterdam")}.`];
  const refusals: string[] = [];
  for (const { shiftId, after } of effect.changes) {
    const shift = standing.find(({ id }) => id === shiftId);
    if (!shift) refusals.push(`There is no shift ${shiftId} any more.`);
    else if (shift.guardId !== after.guardId || shift.status === "cancelled" || shift.status === "completed")
      refusals.push(
        `Shift ${shiftId} has gone on: it is ${shift.status} with ${shift.guardName ?? "nobody"} now. Reassign it in its place.`,
      );
    else if (shift.payment === "approved" || shift.payment === "paid")
      refusals.push(`The payment of ${shift.guardName} for shift ${shiftId} is ${shift.payment}.`);
    else if (shift.guardId !== null && (await hasCheckedIn(db, shiftId, shift.guardId)))
      refusals.push(`${shift.guardName} has checked in on shift ${shiftId}.`);
  }
  return refusals;
}
