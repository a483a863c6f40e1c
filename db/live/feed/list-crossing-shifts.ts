import { and, between, gt, gte, lt, lte, or } from "drizzle-orm";

import type { Database } from "../../connections";
import { shifts } from "../../schema";
import { longestShiftHours } from "../standing-shifts";

/**
 * Ids of the shifts that time alone brought to the board, or took from it, after `after` and up to `until`: nothing of
 * them was written. At most `most`. Walks shifts_start_datetime_end_datetime_status_idx.
 */
export async function listCrossingShifts(
  db: Database,
  { after, until, most }: { after: Date; until: Date; most: number },
): Promise<number[]> {
  const hours = (from: Date, count: number) => new Date(from.getTime() + count * 3_600_000);
  const entered = and(gt(shifts.startDatetime, hours(after, 2)), lte(shifts.startDatetime, hours(until, 2)));
  const left = and(
    between(shifts.startDatetime, hours(after, -longestShiftHours - 2), until),
    gte(shifts.endDatetime, hours(after, -2)),
    lt(shifts.endDatetime, hours(until, -2)),
  );
  const rows = await db.select({ id: shifts.id }).from(shifts).where(or(entered, left)).limit(most);
  return rows.map(({ id }) => id);
}
