import { sql } from "drizzle-orm";

import type { Transaction } from "../../operation";
import { placeGuard } from "./place-guard";
import type { ShiftChange } from "./shift-change";
import type { StandingGuard, StandingShift } from "./standing-shift";

/** Until the commit two shifts may name one guard: a guard of one takes the other before the other's guard leaves it. */
export async function deferDoubleBooking(transaction: Transaction): Promise<void> {
  await transaction.execute(sql`set constraints shifts_no_double_booking deferred`);
}

/** Places each guard on its shift, all or none, whatever the order. Throws what the rules of the database throw. */
export async function exchangeGuards(
  transaction: Transaction,
  placings: readonly { shift: StandingShift; guard: StandingGuard | null }[],
  cause: { reason: string; runId: string },
): Promise<ShiftChange[]> {
  await deferDoubleBooking(transaction);
  const changes: ShiftChange[] = [];
  for (const { shift, guard } of placings) changes.push(await placeGuard(transaction, shift, guard, cause));
  await transaction.execute(sql`set constraints shifts_no_double_booking immediate`);
  return changes;
}
