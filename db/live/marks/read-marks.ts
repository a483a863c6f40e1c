import { and, eq, gt, inArray, isNull, lte, or, sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../../connections";
import { unobservedSpans } from "../../console/alarm-tables";
import { shiftReaches } from "../../console/reach-tables";
import type { WatchedShift } from "../../rules/live/live-state";

/** What the console itself knows of a shift, beside what SecuryFlex says of it. */
export type ShiftMarks = Pick<WatchedShift, "unobservedAt" | "noReturnAt">;

/**
 * The marks of `shiftIds` as they are, or with `at` as they were then; a shift without any is not in it.
 * unobserved_spans_open_idx, of the past unobserved_spans_shift_id_from_at_idx; shift_reaches_pkey. How soon anybody
 * could have been somewhere is not kept.
 */
export async function readMarks(
  db: ConsoleDatabase,
  { shiftIds, at }: { shiftIds: readonly number[]; at?: Date | undefined },
): Promise<Map<number, ShiftMarks>> {
  const isOpen = isNull(unobservedSpans.untilAt);
  const spans = await db
    .select({ shiftId: unobservedSpans.shiftId, fromAt: unobservedSpans.fromAt })
    .from(unobservedSpans)
    .where(
      and(
        inArray(unobservedSpans.shiftId, [...shiftIds]),
        at ? and(lte(unobservedSpans.fromAt, at), or(isOpen, gt(unobservedSpans.untilAt, at))) : isOpen,
      ),
    );
  const marks = new Map<number, ShiftMarks>(spans.map(({ shiftId, fromAt }) => [shiftId, { unobservedAt: fromAt }]));
  const reaches = at ? [] : await listNoReturns(db, shiftIds);
  for (const { shiftId, noReturnAt } of reaches) marks.set(shiftId, { ...marks.get(shiftId), noReturnAt });
  return marks;
}

async function listNoReturns(db: ConsoleDatabase, shiftIds: readonly number[]) {
  return db
    .select({ shiftId: shiftReaches.shiftId, noReturnAt: shiftReaches.noReturnAt })
    .from(shiftReaches)
    .where(inArray(shiftReaches.shiftId, [...shiftIds]));
}

/** How soon anybody could be at one shift, as found last; undefined where it was not looked at. */
export async function getReach(
  db: ConsoleDatabase,
  shiftId: number,
): Promise<typeof shiftReaches.$inferSelect | undefined> {
  const [reach] = await db.select().from(shiftReaches).where(eq(shiftReaches.shiftId, shiftId));
  return reach;
}

/** Changes whenever marks do that no change of SecuryFlex tells of. The last key of an index, one row, and some hundred. */
export async function readMarksRevision(db: ConsoleDatabase): Promise<string> {
  const [row] = await db.execute<{ revision: string }>(sql`
    select coalesce((select max(id) from unobserved_spans), 0)
           || case when outage_held_at is null then ' ' else ' outage ' end
           || coalesce((select extract(epoch from max(changed_at))::bigint from shift_reaches), 0) as revision
    from alarm_clock`);
  return row?.revision ?? "";
}
