import { type SQL, sql } from "drizzle-orm";

import type { CallOff, GuardFacts } from "../../rules/shifts/assignment-facts";
import type { Employment } from "../../rules/shifts/assignment-rules";

/** How far around a shift the guard's others are read: more than a week and the longest rest. */
const around = sql`interval '10 days'`;

/** Milliseconds since 1970 of an instant; the end of time for an infinite one. */
export function toMs(at: SQL): SQL {
  return sql`case
    when isfinite(${at}) then (date_part('epoch', ${at}) * 1000)::bigint
    when ${at} = 'infinity' then 253402300799000
    when ${at} = '-infinity' then 0
  end`;
}

/** Columns of `guard`, a row of security_professionals, with its shifts around a span but those of `without`. */
export function guardColumns({ from, until, without }: { from: SQL; until: SQL; without: readonly number[] }): SQL {
  const isAround = sql`other.start_datetime between ${from} - ${around} and ${until} + ${around}`;
  const span = sql`other.id, ${toMs(sql`other.start_datetime`)}, ${toMs(sql`other.end_datetime`)}, place.name`;
  const left =
    without.length === 0
      ? sql``
      : sql`and other.id not in (${sql.join(
          without.map((id) => sql`${id}`),
          sql`, `,
        )})`;
  return sql`
    guard.id as "guardId",
    guard.employment,
    guard.hourly_rate as "hourlyRate",
    guard.vca_certificate is not null as "hasVca",
    ${toMs(sql`guard.vca_valid_until`)} as "vcaValidUntil",
    guard.guard_pass_colour as "passColour",
    ${toMs(sql`guard.guard_pass_valid_until`)} as "passValidUntil",
    guard.guard_pass_restriction as "passRestriction",
    (
      select json_agg(json_build_array(
        ${span}, other.status = 'completed',
        ST_X(place.location_point::geometry), ST_Y(place.location_point::geometry)
      ))
      from shifts as other
      join locations as place on place.id = other.location_id
      where other.professional_id = guard.id
        and ${isAround}
        and other.status in ('assigned', 'active', 'completed')
        ${left}
    ) as others,
    (
      select json_agg(json_build_array(${span}, given.reason))
      from (
        select assignments.shift_id, assignments.ended_reason
        from assignments
        where assignments.professional_id = guard.id
          and assignments.ended_reason in ('sick', 'no-show', 'late cancellation')
        union
        select cancelled.id, cancelled.cancel_reason
        from shifts as cancelled
        where cancelled.professional_id = guard.id
          and cancelled.start_datetime between ${from} - ${around} and ${until} + ${around}
          and cancelled.status = 'cancelled'
          and cancelled.cancel_reason in ('sick', 'no-show')
      ) as given (shift_id, reason)
      join shifts as other on other.id = given.shift_id
      join locations as place on place.id = other.location_id
      where ${isAround}
        and not (other.status = 'cancelled' and given.reason = 'late cancellation') -- the client's, of the whole shift
    ) as "callOffs"`;
}

type Span = [shiftId: number, startMs: number, endMs: number, place: string];

export type GuardRow = {
  guardId: number;
  employment: Employment;
  hourlyRate: number | null;
  hasVca: boolean;
  vcaValidUntil: number | null;
  passColour: string | null;
  passValidUntil: number | null;
  passRestriction: string | null;
  others: [...span: Span, isCompleted: boolean, longitude: number, latitude: number][] | null;
  callOffs: [...span: Span, reason: string][] | null;
};

/** `travelSeconds` from home; null where no home is on record. */
export function readGuard(row: GuardRow, travelSeconds: number | null): GuardFacts {
  return {
    employment: row.employment,
    hourlyRate: row.hourlyRate,
    vca: { isGiven: row.hasVca, validUntil: instantOf(row.vcaValidUntil) },
    pass: { colour: row.passColour, validUntil: instantOf(row.passValidUntil), restriction: row.passRestriction },
    travelSeconds,
    others: (row.others ?? []).map(([shiftId, startMs, endMs, place, isCompleted, longitude, latitude]) => ({
      shiftId,
      startAt: new Date(startMs),
      endAt: new Date(endMs),
      place,
      isCompleted,
      point: { longitude, latitude },
    })),
    callOffs: (row.callOffs ?? []).map(
      ([shiftId, startMs, endMs, place, reason]): CallOff => ({
        shiftId,
        startAt: new Date(startMs),
        endAt: new Date(endMs),
        place,
        reason,
      }),
    ),
  };
}

/** Null where there is none. */
export function instantOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
