import { sql } from "drizzle-orm";

import type { Database } from "../connections";
import type { FenceMeasure } from "../rules/sla/judge-fence";

export type MeasuredFence = FenceMeasure & { locationId: number };

/** Further from the pin it is somebody on the way, not at the post. */
const mostMeters = 1_200;
/** Of each location, its newest shifts. */
const mostShifts = 30;
/** Of latitude, on a plane: right to half a metre in a hundred. */
const metersOfDegree = 111_270;

/**
 * What the check-ins of the last 28 days before `asOf` say of the fences of `locationIds`, those of their newest shifts;
 * a location without a check-in is not there. Numbers of many alone, no position. Walks
 * shifts_location_id_start_datetime_idx and gps_checkins_shift_id_created_at_idx.
 */
export async function measureFences(
  db: Database,
  { locationIds, asOf }: { locationIds: readonly number[]; asOf: Date },
): Promise<MeasuredFence[]> {
  if (locationIds.length === 0) return [];
  const until = sql`${asOf.toISOString()}::timestamptz`;
  return [
    ...(await db.execute<MeasuredFence>(sql`
      with positions as materialized (
        select locations.id, locations.radius_meters, professional_id, accuracy_meters, metres.east, metres.north
        from unnest(${sql.param(`{${locationIds.join(",")}}`)}::bigint[]) as asked (id)
        join locations on locations.id = asked.id
        cross join lateral (
          select id, start_datetime, end_datetime from shifts
          where location_id = locations.id and start_datetime < ${until} and start_datetime >= ${until} - interval '28 days'
            and status in ('active', 'completed')
          order by start_datetime desc limit ${mostShifts}
        ) as worked
        join gps_checkins on gps_checkins.shift_id = worked.id
        cross join lateral (
          select ${metersOfDegree} * cos(radians(st_y(location_point::geometry)))
                   * (st_x(gps_point::geometry) - st_x(location_point::geometry)) as east,
                 ${metersOfDegree} * (st_y(gps_point::geometry) - st_y(location_point::geometry)) as north
        ) as metres
        where gps_checkins.created_at between worked.start_datetime and worked.end_datetime
          and accuracy_meters is not null and metres.east ^ 2 + metres.north ^ 2 <= ${mostMeters ** 2}
      ), centres as (
        select id, percentile_cont(0.5) within group (order by east) as east,
               percentile_cont(0.5) within group (order by north) as north
        from positions group by id
      )
      select positions.id::float8 as "locationId", count(*)::float8 as "checkinCount",
             count(distinct professional_id)::float8 as "guardCount", max(radius_meters)::float8 as "radiusMeters",
             max(centres.east) as "eastMeters", max(centres.north) as "northMeters",
             percentile_cont(0.9) within group (
               order by sqrt(positions.east ^ 2 + positions.north ^ 2) + accuracy_meters
             ) as "neededRadiusMeters",
             percentile_cont(0.9) within group (
               order by sqrt((positions.east - centres.east) ^ 2 + (positions.north - centres.north) ^ 2) + accuracy_meters
             ) as "movedRadiusMeters"
      from positions join centres using (id)
      group by positions.id`)),
  ];
}
