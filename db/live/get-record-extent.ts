import { and, asc, eq, gt, isNull, lte, notExists, sql } from "drizzle-orm";

import type { Database } from "../connections";
import { opsShiftHistory, shifts } from "../schema";
import { isAround } from "./standing-shifts";

export type RecordExtent = {
  /** From here on every change of a shift is kept. Null while none was. */
  keptSince: Date | null;
  /** Shifts of that moment that were cancelled, nobody knows when. */
  undatedCount: number;
};

/**
 * How much the console can know of the board of `asOf`. ops_shift_history_is_reconstructed_until_at_idx; for a moment
 * before the history, shifts_start_datetime_end_datetime_status_idx too.
 */
export async function getRecordExtent(db: Database, { asOf }: { asOf: Date }): Promise<RecordExtent> {
  const [oldest] = await db
    .select({ untilAt: opsShiftHistory.untilAt })
    .from(opsShiftHistory)
    .where(eq(opsShiftHistory.isReconstructed, false))
    .orderBy(asc(opsShiftHistory.untilAt))
    .limit(1);
  const keptSince = oldest?.untilAt ?? null;
  if (keptSince && keptSince <= asOf) return { keptSince, undatedCount: 0 };
  const later = db
    .select({ id: opsShiftHistory.id })
    .from(opsShiftHistory)
    .where(and(eq(opsShiftHistory.shiftId, shifts.id), gt(opsShiftHistory.untilAt, asOf)));
  const [counted] = await db
    .select({ count: sql<number>`count(*)::integer` })
    .from(shifts)
    .where(
      and(
        isAround(shifts, asOf),
        eq(shifts.status, "cancelled"),
        isNull(shifts.cancelledAt),
        lte(shifts.createdAt, asOf),
        notExists(later),
      ),
    );
  return { keptSince, undatedCount: counted?.count ?? 0 };
}
