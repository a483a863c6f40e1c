import { sql } from "drizzle-orm";
import type { Database } from "../connections";
import type { DayCount } from "../rules/sla/day-counts";
import { countedShifts } from "./counted-shifts";

type Options = { asOf: Date };

/** Slots filled at the start of each day's counted shifts, in slots; `leftOut` in shifts. */
export async function readFillRate(db: Database, { asOf }: Options): Promise<DayCount[]> {
  return [
    ...(await db.execute<DayCount>(sql`
      with counted as (${countedShifts(asOf)})
      select date, days_ago as "daysAgo",
             (count(*) filter (
               where is_counted and professional_id is not null and coalesce(assigned_at, start_datetime) <= start_datetime
             ))::integer as "hits",
             coalesce(sum(headcount) filter (where is_counted), 0)::integer as "of",
             0 as "uncertain",
             (count(*) filter (where not is_counted))::integer as "leftOut"
      from counted
      group by date, days_ago`)),
  ];
}

/**
 * On-time check-ins and no-shows of each day's assignments due, from one query. An `in` is the guard's own, its time
 * the earlier of the device's and the server's clock; one that came in later than 90 minutes after the start is none.
 * gps_checkins_shift_id_created_at_idx, one probe for each assignment.
 */
export async function readPunctuality(
  db: Database,
  { asOf }: Options,
): Promise<{ onTime: DayCount[]; noShow: DayCount[] }> {
  type Row = Omit<DayCount, "hits"> & { onTime: number; noShow: number };
  const rows = await db.execute<Row>(sql`
    with counted as (${countedShifts(asOf)})
    select counted.date, counted.days_ago as "daysAgo",
           (count(*) filter (where due.is_due))::integer as "of",
           (count(*) filter (
             where due.is_due and arrival.at <= counted.start_datetime + interval '5 minutes'
           ))::integer as "onTime",
           (count(*) filter (
             where due.is_due and (arrival.at > counted.start_datetime + interval '30 minutes') is not false
           ))::integer as "noShow",
           0 as "uncertain",
           (count(*) filter (where not counted.is_counted))::integer as "leftOut"
    from counted,
      lateral (
        select counted.is_counted and counted.professional_id is not null
                 and counted.status in ('assigned', 'active', 'completed')
                 and coalesce(counted.assigned_at, counted.start_datetime) <= counted.start_datetime as is_due
      ) as due
      left join lateral (
        select min(least(recorded_at, created_at)) as at
        from gps_checkins
        where due.is_due and shift_id = counted.id and professional_id = counted.professional_id
          and created_at between counted.start_datetime - interval '60 minutes'
                             and counted.start_datetime + interval '90 minutes'
          and recorded_at >= counted.start_datetime - interval '60 minutes'
          and kind = 'in' and is_within_radius is not false
      ) as arrival on true
    group by counted.date, counted.days_ago`);
  return {
    onTime: rows.map(({ onTime, noShow, ...day }) => ({ ...day, hits: onTime })),
    noShow: rows.map(({ onTime, noShow, ...day }) => ({ ...day, hits: noShow })),
  };
}

/**
 * Verdicts of the check-ins during each day's counted shifts, in check-ins; `leftOut` in shifts.
 * gps_checkins_shift_id_created_at_idx alone, without its table where that was vacuumed.
 */
export async function readGeofence(db: Database, { asOf }: Options): Promise<DayCount[]> {
  return [
    ...(await db.execute<DayCount>(sql`
      with counted as (${countedShifts(asOf)})
      select counted.date, counted.days_ago as "daysAgo",
             coalesce(sum(verdict.inside), 0)::integer as "hits",
             coalesce(sum(verdict.inside + verdict.outside), 0)::integer as "of",
             coalesce(sum(verdict.uncertain), 0)::integer as "uncertain",
             (count(*) filter (where not counted.is_counted))::integer as "leftOut"
      from counted
      left join lateral (
        select count(*) filter (where is_within_radius) as inside,
               count(*) filter (where not is_within_radius) as outside,
               count(*) filter (where is_within_radius is null) as uncertain
        from gps_checkins
        where counted.is_counted and shift_id = counted.id
          and created_at >= counted.start_datetime and created_at < counted.end_datetime
      ) as verdict on true
      group by counted.date, counted.days_ago`)),
  ];
}
