import { and, eq, inArray, sql } from "drizzle-orm";

import { OperationRefusal, type Transaction } from "../../operation";
import { gpsCheckins, finqleTransactions as payments } from "../../schema";
import type { StandingShift } from "./standing-shift";

/**
 * Voids what is pending for the guard who has the shift, and leaves pending what the guard has worked until now. Throws
 * OperationRefusal where a payment is approved: Finqle pays it.
 */
export async function voidPayment(transaction: Transaction, shift: StandingShift): Promise<void> {
  if (shift.guardId === null) return;
  const ofGuard = and(eq(payments.shiftId, shift.id), eq(payments.professionalId, shift.guardId));
  await transaction
    .update(payments)
    .set({ status: "failed" })
    .where(and(ofGuard, eq(payments.status, "pending")));
  const [approved] = await transaction
    .select({ id: payments.id })
    .from(payments)
    .where(and(ofGuard, inArray(payments.status, ["approved", "paid"])))
    .limit(1);
  if (approved)
    throw new OperationRefusal(
      `The payment of ${shift.guardName} for shift ${shift.id} is approved; nothing was done.`,
    );
  if (await hasCheckedIn(transaction, shift.id, shift.guardId))
    await insertPending(transaction, shift.id, shift.guardId, "start_datetime", "least(end_datetime, now())");
}

/** What the guard gets for the shift from now on, pending. */
export async function promisePayment(transaction: Transaction, shiftId: number, guardId: number): Promise<void> {
  await insertPending(transaction, shiftId, guardId, "greatest(start_datetime, now())", "end_datetime");
}

/** What is pending for a shift whose hours changed. Throws OperationRefusal where a payment is approved. */
export async function renewPayment(transaction: Transaction, shift: StandingShift): Promise<void> {
  if (shift.guardId === null || shift.payment !== "pending") return;
  await voidPayment(transaction, shift);
  await promisePayment(transaction, shift.id, shift.guardId);
}

/** Whether the guard was there at all. gps_checkins_shift_id_created_at_idx. */
export async function hasCheckedIn(
  transaction: Pick<Transaction, "select">,
  shiftId: number,
  guardId: number,
): Promise<boolean> {
  const [checkin] = await transaction
    .select({ id: gpsCheckins.id })
    .from(gpsCheckins)
    .where(and(eq(gpsCheckins.shiftId, shiftId), eq(gpsCheckins.professionalId, guardId)))
    .limit(1);
  return checkin !== undefined;
}

const bounds = {
  start_datetime: sql`start_datetime`,
  "greatest(start_datetime, now())": sql`greatest(start_datetime, now())`,
  end_datetime: sql`end_datetime`,
  "least(end_datetime, now())": sql`least(end_datetime, now())`,
};

async function insertPending(
  transaction: Transaction,
  shiftId: number,
  guardId: number,
  from: keyof typeof bounds,
  until: keyof typeof bounds,
): Promise<void> {
  await transaction.execute(sql`
    insert into finqle_transactions (shift_id, professional_id, amount)
    select id, ${guardId}, round(hourly_rate * extract(epoch from ${bounds[until]} - ${bounds[from]})::numeric / 3600, 2)
    from shifts
    where id = ${shiftId} and ${bounds[until]} > ${bounds[from]}`);
}
