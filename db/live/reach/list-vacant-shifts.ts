import { and, asc, eq, gt, isNull, lte, notInArray } from "drizzle-orm";

import type { Database } from "../../connections";
import { shifts } from "../../schema";

/**
 * Published shifts that nobody has and that start within `hours` of `asOf`, the soonest first, at most `limit`, without
 * those of `without`. shifts_status_start_datetime_id_idx.
 */
export async function listVacantShifts(
  db: Database,
  { asOf, hours, limit, without }: { asOf: Date; hours: number; limit: number; without: readonly number[] },
): Promise<{ id: number; startAt: Date }[]> {
  return db
    .select({ id: shifts.id, startAt: shifts.startDatetime })
    .from(shifts)
    .where(
      and(
        eq(shifts.status, "published"),
        isNull(shifts.professionalId),
        gt(shifts.startDatetime, asOf),
        lte(shifts.startDatetime, new Date(+asOf + hours * 3_600_000)),
        without.length > 0 ? notInArray(shifts.id, [...without]) : undefined,
      ),
    )
    .orderBy(asc(shifts.startDatetime), asc(shifts.id))
    .limit(limit);
}
