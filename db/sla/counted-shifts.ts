import { type SQL, sql } from "drizzle-orm";

import { windowDays } from "../rules/sla/day-counts";

/**
 * The shifts of the last two windows of full local days with `is_counted`: whether they belong to the counted set.
 * A shift belongs to the local date of its start in its location's zone. What was assigned without a date of
 * publication was published all the same. Walks a range of shifts_start_datetime_end_datetime_status_idx.
 */
export function countedShifts(asOf: Date): SQL {
  const now = sql`${asOf.toISOString()}::timestamptz`;
  const days = 2 * windowDays;
  return sql`
    select shifts.id, shifts.professional_id, shifts.status, shifts.start_datetime, shifts.end_datetime,
           shifts.headcount, shifts.assigned_at, to_char(local.date, 'YYYY-MM-DD') as date,
           local.today - local.date as days_ago,
           (shifts.published_at is not null or shifts.status not in ('draft', 'cancelled'))
             and shifts.status <> 'draft'
             and (shifts.status = 'cancelled' and shifts.cancel_reason = 'client request'
                  and shifts.cancelled_at <= shifts.start_datetime - interval '24 hours') is not true as is_counted
    from shifts
    join locations on locations.id = shifts.location_id,
      lateral (
        select (shifts.start_datetime at time zone locations.time_zone)::date as date,
               (${now} at time zone locations.time_zone)::date as today
      ) as local
    where shifts.start_datetime >= ${now} - make_interval(days => ${days + 2}) -- a day more for zones, one for the clock change
      and shifts.start_datetime < ${now}
      and local.today - local.date between 1 and ${days}`;
}
