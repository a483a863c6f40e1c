import type { Transaction } from "../operation";
import { notifications, opsDeliveries } from "../schema";

/** Everybody whom a change of the console concerns is told of it once. */
export type NotificationType =
  | "shift_assigned"
  | "shift_unassigned"
  | "shift_reassigned"
  | "shift_cancelled"
  | "shift_offered"
  | "shift_offer_ended";

export type Told =
  | { userId: string; type: NotificationType }
  /** What happened, for the systems of the receiver; it concerns no one person. */
  | { type: "assignment_changed" | "offer_made" | "offer_ended" | "incident_acknowledged" };

/**
 * Puts on record, in the transaction of a change, who is told what: people see it in the product, and all of it leaves
 * by the webhook, in order for each shift: the caller holds the lock on what changed.
 */
export async function tell(
  transaction: Transaction,
  { shiftId, runId, data }: { shiftId: number; runId: string; data: Record<string, unknown> },
  told: readonly Told[],
): Promise<void> {
  if (told.length === 0) return;
  const body = { shift_id: shiftId, run_id: runId, ...data };
  const people = told.flatMap((one) => ("userId" in one ? [{ ...one, data: body }] : []));
  if (people.length > 0) await transaction.insert(notifications).values(people);
  await transaction
    .insert(opsDeliveries)
    .values(told.map((one) => ({ subject: `shift:${shiftId}`, shiftId, runId, body, ...one })));
}
