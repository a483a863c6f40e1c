import { sql } from "drizzle-orm";

import type { Database } from "../connections";
import type { PackedCheckin } from "../rules/sla/packed-checkin";
import type { ShiftHistory } from "../rules/sla/shift-history";

/** A shift's history with what its facts are grouped by. */
export type NamedHistory = Omit<ShiftHistory, "unobserved" | "checkins"> & {
  shiftId: number;
  shiftVersion: number;
  companyId: number;
  companyName: string;
  clientId: number;
  clientName: string;
  locationId: number;
  locationName: string;
  region: string | null;
  timeZone: string;
  /** YYYY-MM-DD and hour of the start in the location's zone. */
  localDate: string;
  localHour: number;
  /** Of `seen` of all guards. */
  checkinCount: number;
  checkins: Map<number, PackedCheckin[]>;
};

type Row = Omit<NamedHistory, "checkins" | "checkinCount"> & Seen;
/** Of all guards, `{number,number}`; null without any. */
type Seen = {
  seen: string | null;
  guard: number | null;
  /** Of each check-in; null where all are of one. */
  guards: number[] | null;
};

/**
 * The histories of the shifts that end within (endsAfter, endsBy] and have begun at `startsBy`, of all clients or of
 * one, in any order, as one answer of about 8 bytes for each check-in. Instants in whole seconds, rounded down. The time
 * of a check-in is the device's, but never later than the server heard of it. Walks
 * shifts_end_datetime_start_datetime_id_idx and, for each shift, gps_checkins_shift_id_created_at_idx. May take up to a
 * minute, in place of the login's few seconds.
 */
export async function readHistories(
  db: Database,
  { endsAfter, endsBy, startsBy, clientId }: { endsAfter: Date; endsBy?: Date; startsBy?: Date; clientId?: number },
): Promise<NamedHistory[]> {
  const range = [
    sql`shifts.end_datetime > ${endsAfter.toISOString()}`,
    ...(endsBy ? [sql`shifts.end_datetime <= ${endsBy.toISOString()}`] : []),
    ...(startsBy ? [sql`shifts.start_datetime <= ${startsBy.toISOString()}`] : []),
    ...(clientId === undefined ? [] : [sql`shifts.client_id = ${clientId}`]),
  ];
  const rows = await db.transaction(async (transaction) => {
    // To compile the query takes as long as to run it, and who reads days at once has the processors busy.
    await transaction.execute(sql`
      select set_config('statement_timeout', '60s', true), set_config('jit', 'off', true),
             set_config('max_parallel_workers_per_gather', '0', true)`);
    return transaction.execute<Row>(sql`
      select shifts.id::float8 as "shiftId", shifts.version as "shiftVersion",
             shifts.company_id::float8 as "companyId", company.name as "companyName",
             shifts.client_id::float8 as "clientId", client.name as "clientName",
             shifts.location_id::float8 as "locationId", locations.name as "locationName", locations.region,
             locations.time_zone as "timeZone",
             to_char(local.start, 'YYYY-MM-DD') as "localDate", date_part('hour', local.start) as "localHour",
             date_part('epoch', planned.start_second) as "startAt", floor(date_part('epoch', shifts.end_datetime)) as "endAt",
             shifts.headcount, shifts.status, shifts.cancel_reason as "cancelReason",
             floor(date_part('epoch', shifts.published_at)) as "publishedAt",
             floor(date_part('epoch', shifts.cancelled_at)) as "cancelledAt",
             coalesce(held.assignments, '[]') as assignments, coalesce(told.incidents, '[]') as incidents,
             heard.seen, heard.guard, heard.guards
      from shifts
      join locations on locations.id = shifts.location_id
      join organizations as company on company.id = shifts.company_id
      join organizations as client on client.id = shifts.client_id
      cross join lateral (select shifts.start_datetime at time zone locations.time_zone as start) as local
      cross join lateral (
        select date_trunc('second', shifts.start_datetime) as start_second,
               shifts.start_datetime - interval '1 hour' as heard_from,
               locations.radius_meters + greatest(0.1 * locations.radius_meters, 20)::float8 as leaving_metres
        offset 0 -- once for each shift, not for each check-in
      ) as planned
      left join lateral (
        select json_agg(json_build_object(
                 'guardId', professional_id, 'beganAt', floor(date_part('epoch', began_at)),
                 'endedAt', floor(date_part('epoch', ended_at)), 'endedReason', ended_reason
               ) order by began_at nulls first, id) as assignments
        from assignments where assignments.shift_id = shifts.id
      ) as held on true
      left join lateral (
        select json_agg(json_build_object(
                 'reportedAt', floor(date_part('epoch', reported_at)),
                 'acknowledgedAt', floor(date_part('epoch', acknowledged_at)),
                 'onSceneAt', floor(date_part('epoch', on_scene_at))
               ) order by reported_at, id) as incidents
        from incidents where incidents.shift_id = shifts.id
      ) as told on true
      left join lateral (
        -- width_bucket: 0 where the circle of accuracy lies within the wider fence, 2 beyond it, 1 across
        select array_agg(
                 floor(date_part(
                   'epoch', least(checkin.recorded_at, checkin.created_at) - planned.start_second
                 ))::integer * 32
                 + case checkin.kind when 'ping' then 1 when 'in' then 0 else 2 end
                 + case when checkin.is_within_radius then 0
                     else case when checkin.is_within_radius is null then 3 else 6 end
                       + 9 * case when checkin.accuracy_meters is null then 1
                           else width_bucket(
                             ST_Distance(checkin.gps_point, locations.location_point) - planned.leaving_metres,
                             array[-checkin.accuracy_meters, checkin.accuracy_meters]::float8[]
                           ) end
                   end
               )::text as seen,
               min(checkin.professional_id)::float8 as guard,
               case when min(checkin.professional_id) < max(checkin.professional_id)
                 then to_json(array_agg(checkin.professional_id)) end as guards
        from gps_checkins as checkin
        where checkin.shift_id = shifts.id
          and checkin.created_at >= planned.heard_from and checkin.recorded_at >= planned.heard_from
          and least(checkin.recorded_at, checkin.created_at) < shifts.end_datetime
      ) as heard on true
      where ${sql.join(range, sql` and `)}`);
  });
  // Added to each row: a new object of its fields costs more than the reading of its check-ins.
  return rows.map((row) => {
    const packed: PackedCheckin[] = row.seen ? JSON.parse(`[${row.seen.slice(1, -1)}]`) : [];
    return Object.assign(row, { seen: null, checkins: byGuard(packed, row), checkinCount: packed.length });
  });
}

function byGuard(
  packed: PackedCheckin[],
  { guard, guards }: Pick<Seen, "guard" | "guards">,
): Map<number, PackedCheckin[]> {
  if (guard === null) return new Map();
  if (guards === null) return new Map([[guard, packed]]);
  return new Map([...new Set(guards)].map((one) => [one, packed.filter((_, at) => guards[at] === one)]));
}
