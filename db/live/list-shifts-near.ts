import { asc, eq, sql } from "drizzle-orm";

import type { Database } from "../connections";
import { locations } from "../schema";
import type { Point } from "../schema/geography";
import { standingNow, standingThen } from "./standing-shifts";

export type NearShift = { shiftId: number; distanceMeters: number };

/**
 * Shifts of the board of `asOf` whose location lies within `radiusMeters` of `point` on the ground, nearest first,
 * ties by id. With `isPast` the board as it stood then. locations_location_point_idx finds the locations.
 */
export async function listShiftsNear(
  db: Database,
  { asOf, isPast = false, point, radiusMeters }: { asOf: Date; isPast?: boolean; point: Point; radiusMeters: number },
): Promise<NearShift[]> {
  const shifts = (isPast ? standingThen : standingNow)(db, { asOf, shiftIds: undefined });
  const center = sql`ST_SetSRID(ST_MakePoint(${point.longitude}, ${point.latitude}), 4326)::geography`;
  const distance = sql<number>`ST_Distance(${locations.locationPoint}, ${center})`;
  return db
    .select({ shiftId: shifts.id, distanceMeters: distance })
    .from(shifts)
    .innerJoin(locations, eq(locations.id, shifts.locationId))
    .where(sql`ST_DWithin(${locations.locationPoint}, ${center}, ${radiusMeters})`)
    .orderBy(asc(distance), asc(shifts.id));
}
