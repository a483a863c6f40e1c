import { and, type SQL, sql } from "drizzle-orm";

import type { Database } from "../connections";
import { shifts } from "../schema";
import { matchesFilter, type ShiftFilter } from "./shift-filter";

/** How many shifts match: exact up to `most`; `most` + 1 stands for more than that. Null `most` counts them all. `condition` narrows further. */
export async function countShifts(
  db: Database,
  { filter, condition, most }: { filter: ShiftFilter; condition?: SQL; most: number | null },
): Promise<number> {
  const matching = db
    .select({ one: sql<number>`1`.as("one") })
    .from(shifts)
    .where(and(matchesFilter(db, filter), condition))
    .$dynamic();
  const bounded = (most === null ? matching : matching.limit(most + 1)).as("matching");
  const [row] = await db.select({ count: sql<number>`count(*)::integer` }).from(bounded);
  return row?.count ?? 0;
}
