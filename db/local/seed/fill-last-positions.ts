import type { Session } from "./copy";

/**
 * The last positions of guards whose shifts began in the three days before `asOf`, in one statement: what the trigger
 * `ops_keep_last_positions` keeps as check-ins come, without a step for each of millions.
 */
export async function fillLastPositions(sql: Session, asOf: Date): Promise<void> {
  await sql`
    insert into ops_last_positions
      (professional_id, shift_id, checkin_id, point, accuracy_meters, is_within_radius, recorded_at, created_at)
    select distinct on (newest.professional_id)
      newest.professional_id, newest.shift_id, newest.id, ST_Transform(newest.gps_point::geometry, 3857),
      newest.accuracy_meters, newest.is_within_radius, newest.recorded_at, newest.created_at
    from shifts
    cross join lateral (
      select * from gps_checkins where shift_id = shifts.id order by gps_checkins.created_at desc limit 1
    ) as newest
    where shifts.start_datetime between ${asOf}::timestamptz - interval '3 days' and ${asOf}::timestamptz + interval '1 day'
    order by newest.professional_id, newest.created_at desc, newest.id desc`;
}
