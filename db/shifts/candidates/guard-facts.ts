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
    (
      select json_build_object('id', company.id, 'name', company.name)
      from users as person
      join organizations as company on company.id = person.organization_id
      where person.id = guard.user_id
    ) as employer,
    guard.hourly_rate as "hourlyRate",
    guard.vca_certificate is not null as "hasVca",
    ${toMs(sql`guard.vca_valid_until`)} as "vcaValidUntil",
    guard.guard_pass_colour as "passColour",
    ${toMs(sql`guard.guard_pass_valid_until`)} as "passValidUntil",
    guard.guard_pass_restriction as "passRestriction",
    (
      select json_build_object(
        'others', json_agg(json_build_array(
          ${span}, other.status = 'completed',
          ST_X(place.location_point::geometry), ST_Y(place.location_point::geometry)
        )) filter (where other.status <> 'cancelled'),
        'missed', json_agg(json_build_array(${span}, other.cancel_reason)) filter (where other.status = 'cancelled')
      )
      from shifts as other
      join locations as place on place.id = other.location_id
      where other.professional_id = guard.id
        and ${isAround}
        and (other.status in ('assigned', 'active', 'completed')
          or other.status = 'cancelled' and other.cancel_reason in ('sick', 'no-show'))
        ${left}
    ) as around,
    (
      select json_agg(json_build_array(${span}, assignments.ended_reason))
      from assignments
      join shifts as other on other.id = assignments.shift_id
      join locations as place on place.id = other.location_id
      where assignments.professional_id = guard.id
        and assignments.ended_reason in ('sick', 'no-show', 'late cancellation')
        and other.status <> 'cancelled' -- of the guard, not of the whole shift
        and ${isAround}
    ) as "calledOff"`;
}

type Span = [shiftId: number, startMs: number, endMs: number, place: string];

export type GuardRow = {
  guardId: number;
  employment: Employment;
  employer: GuardFacts["employer"];
  hourlyRate: number | null;
  hasVca: boolean;
  vcaValidUntil: number | null;
  passColour: string | null;
  passValidUntil: number | null;
  passRestriction: string | null;
  around: {
    others: [...span: Span, isCompleted: boolean, longitude: number, latitude: number][] | null;
    missed: [...span: Span, reason: string][] | null;
  };
  calledOff: [...span: Span, reason: string][] | null;
};

/** `travelSeconds` from home; null where no home is on record. */
export function readGuard(row: GuardRow, travelSeconds: number | null): GuardFacts {
  return {
    employment: row.employment,
    employer: row.employer,
    hourlyRate: row.hourlyRate,
    vca: { isGiven: row.hasVca, validUntil: instantOf(row.vcaValidUntil) },
    pass: { colour: row.passColour, validUntil: instantOf(row.passValidUntil), restriction: row.passRestriction },
    travelSeconds,
    others: (row.around.others ?? []).map(([shiftId, startMs, endMs, place, isCompleted, longitude, latitude]) => ({
      shiftId,
      startAt: new Date(startMs),
      endAt: new Date(endMs),
      place,
      isCompleted,
      point: { longitude, latitude },
    })),
    callOffs: [...(row.around.missed ?? []), ...(row.calledOff ?? [])].map(
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
