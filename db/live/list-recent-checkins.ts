import { and, desc, eq, sql } from "drizzle-orm";
import type { Database } from "../connections";
import type { Checkin } from "../rules/live/presence";
import { gpsCheckins, locations, shifts } from "../schema";
import type { Point } from "../schema/geography";
import { withinWatch } from "./within-watch";

export type LocatedCheckin = Checkin & { id: number; guardId: number; point: Point };

/**
 * The last check-ins of the guard whose shift it is, newest first, of the shift and 30 minutes around it and none
 * later than `asOf`. Empty where nobody has the shift or it does not exist. One walk of
 * gps_checkins_shift_id_created_at_idx.
 */
export async function listRecentCheckins(
  db: Database,
  { shiftId, asOf, limit = 20 }: { shiftId: number; asOf: Date; limit?: number },
): Promise<LocatedCheckin[]> {
  return db
    .select({
      id: gpsCheckins.id,
      guardId: gpsCheckins.professionalId,
      kind: gpsCheckins.kind,
      recordedAt: gpsCheckins.recordedAt,
      createdAt: gpsCheckins.createdAt,
      accuracyMeters: gpsCheckins.accuracyMeters,
      distanceMeters: sql<number>`ST_Distance(${gpsCheckins.gpsPoint}, ${locations.locationPoint})`,
      point: gpsCheckins.gpsPoint,
    })
    .from(shifts)
    .innerJoin(locations, eq(locations.id, shifts.locationId))
    .innerJoin(
      gpsCheckins,
      and(
        eq(gpsCheckins.shiftId, shifts.id),
        eq(gpsCheckins.professionalId, shifts.professionalId),
        withinWatch(shifts, asOf),
      ),
    )
    .where(eq(shifts.id, shiftId))
    .orderBy(desc(gpsCheckins.createdAt), desc(gpsCheckins.id))
    .limit(limit);
}
