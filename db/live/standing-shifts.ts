import { and, asc, eq, gt, inArray, lte, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { type PgColumn, union } from "drizzle-orm/pg-core";

import type { Database } from "../connections";
import { opsShiftHistory, shifts } from "../schema";

/** A shift that lasts longer leaves the board two days after its start; the bound tells the index where to begin. */
export const longestShiftHours = 48;

const onBoard = ["published", "assigned", "active", "completed"] as const;

type Asked = { asOf: Date; shiftIds: readonly number[] | undefined };

/**
 * Shifts of the board of `asOf` as their rows say: published, assigned, active or completed, and within two hours of
 * it. shifts_start_datetime_end_datetime_status_idx; with `shiftIds` the primary key.
 */
export function standingNow(db: Database, { asOf, shiftIds }: Asked) {
  return db
    .select({
      id: shifts.id,
      status: shifts.status,
      post: shifts.post,
      startDatetime: shifts.startDatetime,
      endDatetime: shifts.endDatetime,
      professionalId: shifts.professionalId,
      assignedAt: shifts.assignedAt,
      companyId: shifts.companyId,
      clientId: shifts.clientId,
      locationId: shifts.locationId,
    })
    .from(shifts)
    .where(
      and(shiftIds && inArray(shifts.id, [...shiftIds]), isAround(shifts, asOf), inArray(shifts.status, [...onBoard])),
    )
    .as("standing");
}

export type StandingShifts = ReturnType<typeof standingNow>;

/**
 * The same as it was at `asOf`: for each shift what it was until its first change after that, or what it is where
 * nothing changed since. Beside the index of `standingNow`, ops_shift_history_start_datetime_idx for shifts that were
 * moved since, and one probe of ops_shift_history_shift_id_until_at_idx each.
 */
export function standingThen(db: Database, { asOf, shiftIds }: Asked): StandingShifts {
  const candidate = union(
    db
      .select({ id: shifts.id })
      .from(shifts)
      .where(and(shiftIds && inArray(shifts.id, [...shiftIds]), isAround(shifts, asOf))),
    db
      .select({ id: opsShiftHistory.shiftId })
      .from(opsShiftHistory)
      .where(
        and(
          shiftIds && inArray(opsShiftHistory.shiftId, [...shiftIds]),
          isAround(opsShiftHistory, asOf),
          gt(opsShiftHistory.untilAt, asOf),
        ),
      ),
  ).as("candidate");
  // A probe of the primary key for each: a join would read all shifts.
  const current = db
    .select()
    .from(shifts)
    .where(and(eq(shifts.id, candidate.id), lte(shifts.createdAt, asOf)))
    .limit(1)
    .as("current");
  const was = db
    .select()
    .from(opsShiftHistory)
    .where(and(eq(opsShiftHistory.shiftId, candidate.id), gt(opsShiftHistory.untilAt, asOf)))
    .orderBy(asc(opsShiftHistory.untilAt), asc(opsShiftHistory.id))
    .limit(1)
    .as("was");
  const thenOr = <Column extends PgColumn>(then: PgColumn, now: Column) =>
    sql<Column["_"]["data"]>`case when ${was.id} is null then ${now} else ${then} end`.mapWith(now);

  const isOnBoard = (shift: { startDatetime: PgColumn; endDatetime: PgColumn; status: PgColumn }) =>
    and(isAround(shift, asOf), inArray(shift.status, [...onBoard]));

  // Drizzle writes an alias without its table: these names are like no column's of the queries around.
  const standing = db
    .select({
      id: current.id,
      status: thenOr(was.status, current.status).as("stood_status"),
      post: thenOr(was.post, current.post).as("stood_post"),
      startDatetime: thenOr(was.startDatetime, current.startDatetime).as("stood_start_datetime"),
      endDatetime: thenOr(was.endDatetime, current.endDatetime).as("stood_end_datetime"),
      professionalId: thenOr(was.professionalId, current.professionalId).as("stood_professional_id"),
      assignedAt: thenOr(was.assignedAt, current.assignedAt).as("stood_assigned_at"),
      companyId: current.companyId,
      clientId: current.clientId,
      locationId: thenOr(was.locationId, current.locationId).as("stood_location_id"),
    })
    .from(candidate)
    .innerJoinLateral(current, sql`true`)
    .leftJoinLateral(was, sql`true`)
    // One case for all: the planner takes it for half of the candidates, and ranges of cases for next to none.
    .where(sql`case when ${was.id} is null then ${isOnBoard(current)} else ${isOnBoard(was)} end`)
    // In an order it is planned by itself, and what joins it is not asked for each candidate.
    .orderBy(asc(current.id))
    .as("standing");
  return standing as unknown as StandingShifts;
}

/** Within two hours of `asOf`: what the board shows. */
export function isAround(span: { startDatetime: SQLWrapper; endDatetime: SQLWrapper }, asOf: Date): SQL | undefined {
  const hours = (count: number) => sql`${new Date(asOf.getTime() + count * 3_600_000).toISOString()}::timestamptz`;
  return and(
    sql`${span.startDatetime} between ${hours(-longestShiftHours - 2)} and ${hours(2)}`,
    sql`${span.endDatetime} >= ${hours(-2)}`,
  );
}
