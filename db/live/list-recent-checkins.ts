import { and, desc, eq, sql } from "drizzle-orm";
import type { Database } from "../connections";
import type { Checkin } from "../rules/live/presence";
import { gpsCheckins, locations } from "../schema";
import type { Point } from "../schema/geography";
import { standingNow, standingThen } from "./standing-shifts";
import { withinWatch } from "./within-watch";

export type LocatedCheckin = Checkin & {
  id: number;
  guardId: number;
  point: Point;
  /** Of the fence, and when the shift ends: what the check-in is judged by. */
  radiusMeters: number;
  endAt: Date;
};

/**
 * The last check-ins of the guard whose shift it is at `asOf`, newest first, of the shift and 30 minutes around it and
 * none later than `asOf`; with `isPast` of the guard whose shift it was then. Empty where nobody has the shift or it is
 * not on the board of that moment. One walk of gps_checkins_shift_id_created_at_idx.
 */
export async function listRecentCheckins(
  db: Database,
  { shiftId, asOf, isPast = false, limit = 20 }: { shiftId: number; asOf: Date; isPast?: boolean; limit?: number },
): Promise<LocatedCheckin[]> {
  const shifts = (isPast ? standingThen : standingNow)(db, { asOf, shiftIds: [shiftId] });
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
      radiusMeters: locations.radiusMeters,
      endAt: shifts.endDatetime,
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
    .orderBy(desc(gpsCheckins.createdAt), desc(gpsCheckins.id))
    .limit(limit);
}
