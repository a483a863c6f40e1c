import { and, desc, eq, gt, isNull, lte, or, sql } from "drizzle-orm";

import type { Database } from "../connections";
import { assignments, gpsCheckins, securityProfessionals, shifts, users } from "../schema";
import type { Point } from "../schema/geography";
import { withinWatch } from "./within-watch";

export type GuardWhereabouts = {
  guardId: number;
  fullName: string;
  /** Null where the guard has given none. */
  homePoint: Point | null;
  /** The last one of a shift that the guard has at `asOf`, 30 minutes around it included; null where there is none. */
  position: { shiftId: number; point: Point; at: Date; accuracyMeters: number | null } | null;
};

/**
 * Where a guard is, as far as anybody may know at `asOf`: only a shift and 30 minutes around it are watched. Undefined
 * where there is no such guard. assignments_professional_id_began_at_idx, then for each shift that may be watched one
 * probe of gps_checkins_shift_id_created_at_idx.
 */
export async function getGuardWhereabouts(
  db: Database,
  { guardId, asOf }: { guardId: number; asOf: Date },
): Promise<GuardWhereabouts | undefined> {
  const at = sql`${asOf.toISOString()}::timestamptz`;
  const [guard] = await db
    .select({
      guardId: securityProfessionals.id,
      fullName: users.fullName,
      homePoint: securityProfessionals.homePoint,
    })
    .from(securityProfessionals)
    .innerJoin(users, eq(users.id, securityProfessionals.userId))
    .where(eq(securityProfessionals.id, guardId));
  if (!guard) return undefined;

  const last = db
    .select({
      point: gpsCheckins.gpsPoint,
      createdAt: gpsCheckins.createdAt,
      recordedAt: gpsCheckins.recordedAt,
      accuracyMeters: gpsCheckins.accuracyMeters,
    })
    .from(gpsCheckins)
    .where(and(eq(gpsCheckins.shiftId, shifts.id), eq(gpsCheckins.professionalId, guardId), withinWatch(shifts, asOf)))
    .orderBy(desc(gpsCheckins.createdAt))
    .limit(1)
    .as("last");
  const [found] = await db
    .select({ shiftId: shifts.id, point: last.point, at: last.recordedAt, accuracyMeters: last.accuracyMeters })
    .from(assignments)
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .innerJoinLateral(last, sql`true`)
    .where(
      and(
        eq(assignments.professionalId, guardId),
        or(isNull(assignments.beganAt), lte(assignments.beganAt, asOf)),
        or(isNull(assignments.endedAt), gt(assignments.endedAt, asOf)),
        sql`${shifts.startDatetime} between ${at} - interval '48 hours' and ${at} + interval '30 minutes'`,
        sql`${shifts.endDatetime} >= ${at} - interval '30 minutes'`,
      ),
    )
    .orderBy(desc(last.createdAt))
    .limit(1);
  return { ...guard, position: found ?? null };
}
