import { type SQL, sql } from "drizzle-orm";

import type { GuardFacts } from "../../rules/shifts/assignment-facts";
import type { RuleInForce } from "../../rules/shifts/assignment-rules";
import { travelSecondsOf } from "../../rules/shifts/travel-time";
import type { Point } from "../../schema/geography";
import type { Candidate, CandidateShift, Reader } from "./candidate";
import { type GuardRow, guardColumns, instantOf, readGuard, toMs } from "./guard-facts";

export type KnownGuard = Pick<
  Candidate,
  "guardId" | "fullName" | "homeCity" | "homeArea" | "distanceMeters" | "history"
> & { facts: GuardFacts };

export type ReadFacts = {
  shift: CandidateShift;
  /** Those that hold at the start of the shift. */
  rules: RuleInForce[];
  withoutHomeCount: number;
  /** Nearest first, those without a home last. */
  guards: KnownGuard[];
};

/** The nearest by the index of homes, and the guard who has the shift; `target` is the shift. */
export function nearest({ limit, offset }: { limit: number; offset: number }): SQL {
  return sql`
    (select professional.id
     from security_professionals as professional
     where professional.home_point is not null
     order by professional.home_point <-> target.point
     limit ${limit} offset ${offset})
    union
    select target.professional_id where target.professional_id is not null`;
}

export function only(guardId: number): SQL {
  return sql`select ${guardId}::bigint as id`;
}

/**
 * A shift, the rules of its time, and each guard of `pool` with all that the rules ask; undefined where there is no such
 * shift. Shifts of `without` do not count among the guards' others.
 *
 * One query: security_professionals_home_point_idx for the nearest, then for each guard one short walk of
 * shifts_professional_id_start_datetime_idx and one of assignments_professional_id_began_at_idx, and of
 * shifts_location_id_start_datetime_idx once.
 */
export async function readFacts(
  db: Reader,
  { shiftId, asOf, pool, without = [] }: { shiftId: number; asOf: Date; pool: SQL; without?: readonly number[] },
): Promise<ReadFacts | undefined> {
  const [row] = await db.execute<Row>(sql`
    with target as materialized (
      select
        shifts.id, shifts.status, shifts.version, shifts.post, shifts.start_datetime, shifts.end_datetime,
        shifts.hourly_rate, shifts.company_id, shifts.client_id, shifts.professional_id, shifts.location_id,
        locations.name, locations.city, locations.time_zone, locations.location_point as point
      from shifts
      join locations on locations.id = shifts.location_id
      where shifts.id = ${shiftId}
    )
    select
      json_build_object(
        'id', target.id, 'status', target.status, 'version', target.version, 'post', target.post,
        'startAt', ${toMs(sql`target.start_datetime`)}, 'endAt', ${toMs(sql`target.end_datetime`)},
        'timeZone', target.time_zone, 'hourlyRate', target.hourly_rate, 'companyId', target.company_id,
        'clientId', target.client_id, 'guardId', target.professional_id, 'locationId', target.location_id,
        'name', target.name, 'city', target.city,
        'longitude', ST_X(target.point::geometry), 'latitude', ST_Y(target.point::geometry)
      ) as shift,
      (
        select json_agg(json_build_object(
          'rule', rule, 'employment', employment, 'severity', severity, 'limit', limit_value,
          'overrideRoles', override_roles
        ))
        from ops_assignment_rules
        where valid_from <= target.start_datetime and (valid_until is null or valid_until > target.start_datetime)
      ) as rules,
      (select count(*)::integer from security_professionals where home_point is null) as "withoutHomeCount",
      (
        select json_agg(found order by found."distanceMeters", found."guardId")
        from (
          select
            ${guardColumns({ from: sql`target.start_datetime`, until: sql`target.end_datetime`, without: [shiftId, ...without] })},
            users.full_name as "fullName",
            guard.home_city as "homeCity",
            round(ST_X(guard.home_point::geometry)::numeric, 2) as longitude,
            round(ST_Y(guard.home_point::geometry)::numeric, 2) as latitude,
            ST_Distance(guard.home_point, target.point) as "distanceMeters",
            coalesce(history.completed_count, 0) as "completedCount",
            coalesce(history.no_show_count, 0) as "noShowCount",
            ${toMs(sql`history.last_at`)} as "lastAt"
          from (${pool}) as pool (id)
          join security_professionals as guard on guard.id = pool.id
          join users on users.id = guard.user_id
          left join (
            select
              professional_id,
              count(*) filter (where not is_no_show) as completed_count,
              count(*) filter (where is_no_show) as no_show_count,
              max(end_datetime) filter (where not is_no_show) as last_at
            from (
              select id, professional_id, end_datetime, status = 'cancelled' as is_no_show
              from shifts
              where location_id = target.location_id
                and start_datetime < ${asOf.toISOString()}::timestamptz
                and (status = 'completed' or status = 'cancelled' and cancel_reason = 'no-show')
              union
              select shifts.id, assignments.professional_id, shifts.end_datetime, true
              from shifts
              join assignments on assignments.shift_id = shifts.id and assignments.ended_reason = 'no-show'
              where shifts.location_id = target.location_id
                and shifts.start_datetime < ${asOf.toISOString()}::timestamptz
            ) as stood
            group by professional_id
          ) as history on history.professional_id = guard.id
        ) as found
      ) as guards
    from target`);
  if (!row) return undefined;
  const { startAt, endAt, locationId, name, city, longitude, latitude, ...shift } = row.shift;
  return {
    shift: {
      ...shift,
      startAt: new Date(startAt),
      endAt: new Date(endAt),
      location: { id: locationId, name, city, point: { longitude, latitude } },
    },
    rules: row.rules ?? [],
    withoutHomeCount: row.withoutHomeCount,
    guards: (row.guards ?? []).map(knowGuard),
  };
}

type Row = {
  shift: Omit<CandidateShift, "startAt" | "endAt" | "location"> &
    Point & { startAt: number; endAt: number; locationId: number; name: string; city: string };
  rules: RuleInForce[] | null;
  withoutHomeCount: number;
  guards: NamedGuard[] | null;
};

type NamedGuard = GuardRow & {
  fullName: string;
  homeCity: string | null;
  longitude: number | null;
  latitude: number | null;
  distanceMeters: number | null;
  completedCount: number;
  noShowCount: number;
  lastAt: number | null;
};

function knowGuard(guard: NamedGuard): KnownGuard {
  const { guardId, fullName, homeCity, longitude, latitude, distanceMeters, completedCount, noShowCount, lastAt } =
    guard;
  return {
    guardId,
    fullName,
    homeCity,
    homeArea: longitude === null || latitude === null ? null : { longitude, latitude },
    distanceMeters,
    history: { completedCount, noShowCount, lastAt: instantOf(lastAt) },
    facts: readGuard(guard, distanceMeters === null ? null : travelSecondsOf(distanceMeters)),
  };
}
