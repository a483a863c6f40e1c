import { and, desc, eq, isNotNull, sql } from "drizzle-orm";

import { type NotificationType, type Told, tell } from "../../deliveries/tell";
import type { Transaction } from "../../operation";
import { assignments, shifts, users } from "../../schema";
import { withdrawOffers } from "../offers/end-offer";
import { promisePayment, voidPayment } from "./settle-payment";
import type { ShiftChange } from "./shift-change";
import { type StandingGuard, type StandingShift, standingOf } from "./standing-shift";

type Cause = { reason: string; runId: string };

/**
 * Gives a shift to a guard, or to nobody: the shift, its assignments with the reason, what was promised to be paid and
 * who is told. The caller holds the locks of `lockShifts`. Throws what the rules of the database throw.
 */
export async function placeGuard(
  transaction: Transaction,
  shift: StandingShift,
  guard: StandingGuard | null,
  cause: Cause,
): Promise<ShiftChange> {
  await withdrawOffers(transaction, shift.id, cause.runId);
  await voidPayment(transaction, shift);
  const filled = shift.status === "published" ? "assigned" : shift.status;
  const status = guard ? filled : "published";
  const [changed] = await transaction
    .update(shifts)
    .set({ professionalId: guard?.id ?? null, status, assignedAt: guard ? sql`clock_timestamp()` : null })
    .where(eq(shifts.id, shift.id))
    .returning({ version: shifts.version });
  await nameReason(transaction, shift, cause.reason);
  if (guard) await promisePayment(transaction, shift.id, guard.id);
  const told = guard ? (shift.guardId === null ? "shift_assigned" : "shift_reassigned") : "shift_unassigned";
  const change: ShiftChange = {
    shiftId: shift.id,
    version: changed?.version as number,
    reason: cause.reason,
    before: standingOf(shift),
    after: { ...standingOf(shift), status, guardId: guard?.id ?? null, guardName: guard?.fullName ?? null },
  };
  await tellChange(transaction, change, cause, [
    ...(shift.guardUserId ? [{ userId: shift.guardUserId, type: "shift_unassigned" as const }] : []),
    ...(guard ? [{ userId: guard.userId, type: "shift_assigned" as const }] : []),
    ...(await companyUsers(transaction, shift, told)),
  ]);
  return change;
}

/** Calls a shift off, on the same terms. */
export async function cancelStanding(
  transaction: Transaction,
  shift: StandingShift,
  cause: Cause,
): Promise<ShiftChange> {
  await withdrawOffers(transaction, shift.id, cause.runId);
  await voidPayment(transaction, shift);
  const [changed] = await transaction
    .update(shifts)
    .set({ status: "cancelled", cancelReason: cause.reason, cancelledAt: sql`clock_timestamp()` })
    .where(eq(shifts.id, shift.id))
    .returning({ version: shifts.version });
  const change: ShiftChange = {
    shiftId: shift.id,
    version: changed?.version as number,
    reason: cause.reason,
    before: standingOf(shift),
    after: { ...standingOf(shift), status: "cancelled" },
  };
  await tellChange(transaction, change, cause, [
    ...(shift.guardUserId ? [{ userId: shift.guardUserId, type: "shift_cancelled" as const }] : []),
    ...(await companyUsers(transaction, shift, "shift_cancelled")),
  ]);
  return change;
}

/** The triggers of shifts keep the assignments; why, only the caller knows. */
async function nameReason(transaction: Transaction, shift: StandingShift, reason: string) {
  if (shift.guardId === null) return;
  const [ended] = await transaction
    .select({ id: assignments.id })
    .from(assignments)
    .where(and(eq(assignments.shiftId, shift.id), isNotNull(assignments.endedAt)))
    .orderBy(desc(assignments.id))
    .limit(1);
  if (ended) await transaction.update(assignments).set({ endedReason: reason }).where(eq(assignments.id, ended.id));
}

/** Those at the desks of the company; its employed guards are told of their own shifts alone. */
async function companyUsers(transaction: Transaction, shift: StandingShift, type: NotificationType) {
  const rows = await transaction
    .select({ userId: users.id })
    .from(users)
    .where(and(eq(users.organizationId, shift.companyId), eq(users.role, "company")));
  return rows.map(({ userId }) => ({ userId, type }));
}

async function tellChange(
  transaction: Transaction,
  { shiftId, version, before, after }: ShiftChange,
  { reason, runId }: Cause,
  people: readonly Told[],
): Promise<void> {
  await tell(transaction, { shiftId, runId, data: { reason } }, people);
  const data = { reason, version, status: after.status, guard_id: after.guardId, former_guard_id: before.guardId };
  await tell(transaction, { shiftId, runId, data }, [{ type: "assignment_changed" }]);
}
