import { sql } from "drizzle-orm";

import type { RuleInForce } from "../../rules/shifts/assignment-rules";
import { openJudgement } from "../../rules/shifts/judge-assignment";
import { travelSecondsOf } from "../../rules/shifts/travel-time";
import type { Point } from "../../schema/geography";
import type { Candidate, Reader } from "./candidate";
import { type GuardRow, guardColumns, readGuard, toMs } from "./guard-facts";

export type OpenShift = Pick<
  Candidate,
  | "distanceMeters"
  | "travelSeconds"
  | "marginPerHour"
  | "restBeforeSeconds"
  | "restAfterSeconds"
  | "weekSecondsAfter"
  | "reasons"
> & {
  shiftId: number;
  version: number;
  post: string;
  startAt: Date;
  endAt: Date;
  timeZone: string;
  /** Euro an hour. */
  hourlyRate: number;
  location: { id: number; name: string; city: string; point: Point };
};

export type OpenShifts = {
  guard: { id: number; fullName: string; employment: GuardRow["employment"]; homeCity: string | null };
  shifts: OpenShift[];
  /** All that are open in these seven days, also those beyond `most`. */
  openCount: number;
};

const aheadDays = 7;

/**
 * Published shifts that nobody has and that begin within seven days of `asOf`, each with what speaks against the guard
 * on it, by the rules of its own time: the `most` nearest to the guard's home, or soonest; a guard without a home sees
 * the soonest. Undefined where there is no such guard.
 *
 * One query: shifts_status_start_datetime_id_idx for the shifts.
 */
export async function listOpenShiftsForGuard(
  db: Reader,
  {
    guardId,
    asOf,
    order = "nearest",
    most = 200,
  }: { guardId: number; asOf: Date; order?: "nearest" | "soonest"; most?: number },
): Promise<OpenShifts | undefined> {
  const from = sql`${asOf.toISOString()}::timestamptz`;
  const until = sql`${new Date(+asOf + aheadDays * 86_400_000).toISOString()}::timestamptz`;
  const distance = sql`ST_Distance(guard.home_point, locations.location_point)`;
  const [row] = await db.execute<Row>(sql`
    select
      (select row_to_json(found) from (
        select ${guardColumns({ from, until, without: [] })}, users.full_name as "fullName", guard.home_city as "homeCity"
      ) as found) as guard,
      (
        select json_agg(json_build_object(
          'rule', rule, 'employment', employment, 'severity', severity, 'limit', limit_value,
          'overrideRoles', override_roles, 'fromMs', ${toMs(sql`valid_from`)}, 'untilMs', ${toMs(sql`valid_until`)}
        ))
        from ops_assignment_rules
        where employment = guard.employment and valid_from < ${until} and (valid_until is null or valid_until > ${from})
      ) as rules,
      (
        select count(*)::integer from shifts
        where status = 'published' and professional_id is null and start_datetime > ${from} and start_datetime <= ${until}
      ) as "openCount",
      (
        select json_agg(open) from (
          select
            shifts.id as "shiftId", shifts.version, shifts.post, shifts.company_id as "companyId", shifts.hourly_rate as "hourlyRate",
            ${toMs(sql`shifts.start_datetime`)} as "startAt", ${toMs(sql`shifts.end_datetime`)} as "endAt",
            locations.id as "locationId", locations.name, locations.city, locations.time_zone as "timeZone",
            ST_X(locations.location_point::geometry) as longitude, ST_Y(locations.location_point::geometry) as latitude,
            ${distance} as "distanceMeters"
          from shifts
          join locations on locations.id = shifts.location_id
          where shifts.status = 'published' and shifts.professional_id is null
            and shifts.start_datetime > ${from} and shifts.start_datetime <= ${until}
          order by ${order === "nearest" ? sql`"distanceMeters", ` : sql``}shifts.start_datetime, shifts.id
          limit ${most}
        ) as open
      ) as shifts
    from security_professionals as guard
    join users on users.id = guard.user_id
    where guard.id = ${guardId}`);
  if (!row) return undefined;
  const { fullName, homeCity, employment } = row.guard;
  return {
    guard: { id: guardId, fullName, employment, homeCity },
    shifts: (row.shifts ?? []).map((shift) => judgeOpenShift(shift, row, asOf)),
    openCount: row.openCount,
  };
}

type DatedRule = RuleInForce & { fromMs: number; untilMs: number | null };

type ShiftRow = Pick<OpenShift, "shiftId" | "version" | "post" | "timeZone" | "hourlyRate" | "distanceMeters"> &
  Point & {
    companyId: number;
    startAt: number;
    endAt: number;
    locationId: number;
    name: string;
    city: string;
  };

type Row = {
  guard: GuardRow & { fullName: string; homeCity: string | null };
  rules: DatedRule[] | null;
  openCount: number;
  shifts: ShiftRow[] | null;
};

function judgeOpenShift(shift: ShiftRow, { guard, rules }: Row, asOf: Date): OpenShift {
  const { shiftId, version, post, timeZone, hourlyRate, distanceMeters, locationId, name, city, longitude, latitude } =
    shift;
  const [startAt, endAt, point] = [new Date(shift.startAt), new Date(shift.endAt), { longitude, latitude }];
  const held = (rules ?? []).filter(
    ({ fromMs, untilMs }) => fromMs <= shift.startAt && (untilMs === null || untilMs > shift.startAt),
  );
  const travelSeconds = distanceMeters === null ? null : travelSecondsOf(distanceMeters);
  const facts = readGuard(guard, travelSeconds);
  const judge = openJudgement(
    { id: shiftId, companyId: shift.companyId, startAt, endAt, timeZone, post, hourlyRate, point },
    { rules: held, asOf },
  );
  return {
    shiftId,
    version,
    post,
    startAt,
    endAt,
    timeZone,
    hourlyRate,
    location: { id: locationId, name, city, point },
    distanceMeters,
    travelSeconds,
    marginPerHour: facts.hourlyRate === null ? null : Math.round((hourlyRate - facts.hourlyRate) * 100) / 100,
    ...judge(facts),
  };
}
