import { sql } from "drizzle-orm";

import type { ShiftFacts } from "../../rules/shifts/assignment-facts";
import type { RuleInForce } from "../../rules/shifts/assignment-rules";
import { compareRules, type RuleEffect } from "../../rules/shifts/compare-rules";
import { travelSecondsOf } from "../../rules/shifts/travel-time";
import type { Reader } from "../candidates/candidate";
import { type GuardRow, guardColumns, readGuard, toMs } from "../candidates/guard-facts";

export const trialDays = 28;
const guardsAtOnce = 200;
const mostExamples = 3;
const dayMs = 86_400_000;

export type RuleTrial = {
  /** Assignments that were judged again. */
  judgedCount: number;
  counts: Record<RuleEffect, number>;
  /** At most three of each effect. */
  examples: { shiftId: number; effect: RuleEffect; sentence: string }[];
  /** False where the time was over before all were judged: those of the guards with the lowest numbers were. */
  isWhole: boolean;
};

/**
 * Judges each assignment of the 28 days before `asOf` again, by the rule that held and by another form of it, as it was
 * made: the guards of the employment who have a shift that began then, with what they had around it. Ends after
 * `withinMs` or soon after.
 *
 * One query for each 200 guards: security_professionals_pkey, then for each guard three short walks of
 * shifts_professional_id_start_datetime_idx and one of assignments_professional_id_began_at_idx.
 */
export async function tryRule(
  db: Reader,
  { before, after, asOf, withinMs }: { before: RuleInForce | null; after: RuleInForce; asOf: Date; withinMs: number },
): Promise<RuleTrial> {
  const trial: RuleTrial = {
    judgedCount: 0,
    counts: { blocked: 0, warned: 0, freed: 0 },
    examples: [],
    isWhole: true,
  };
  const endsAt = performance.now() + withinMs;
  for (let afterId = 0; ; ) {
    const guards = await readGuards(db, { employment: after.employment, afterId, asOf });
    for (const guard of guards) {
      for (const shift of guard.own ?? []) judgeAgain(trial, guard, shift, { before, after });
    }
    const last = guards.at(-1);
    if (!last || guards.length < guardsAtOnce) return trial;
    if (performance.now() > endsAt) return { ...trial, isWhole: false };
    afterId = last.guardId;
  }
}

function judgeAgain(
  trial: RuleTrial,
  guard: TriedGuard,
  { madeMs, distanceMeters, startMs, endMs, ...shift }: OwnShift,
  rules: { before: RuleInForce | null; after: RuleInForce },
): void {
  const [startAt, endAt] = [new Date(startMs), new Date(endMs)];
  const known = readGuard(guard, distanceMeters === null ? null : travelSecondsOf(distanceMeters));
  const isNear = (other: { shiftId: number; startAt: Date }) =>
    other.shiftId !== shift.id && +other.startAt >= startMs - 10 * dayMs && +other.startAt <= endMs + 10 * dayMs;
  const facts = { ...known, others: known.others.filter(isNear), callOffs: known.callOffs.filter(isNear) };
  const { longitude, latitude, ...planned } = shift;
  const found = compareRules(
    { ...planned, startAt, endAt, point: { longitude, latitude } } satisfies ShiftFacts,
    facts,
    {
      ...rules,
      asOf: new Date(madeMs),
    },
  );
  trial.judgedCount += 1;
  if (!found) return;
  trial.counts[found.effect] += 1;
  const isEnough = trial.examples.filter(({ effect }) => effect === found.effect).length >= mostExamples;
  if (!isEnough) trial.examples.push({ shiftId: shift.id, ...found });
}

type OwnShift = Omit<ShiftFacts, "startAt" | "endAt" | "point"> & {
  startMs: number;
  endMs: number;
  /** When the guard was given the shift; its start where that is not on record. */
  madeMs: number;
  distanceMeters: number | null;
  longitude: number;
  latitude: number;
};
type TriedGuard = GuardRow & { own: OwnShift[] | null };

async function readGuards(
  db: Reader,
  { employment, afterId, asOf }: { employment: string; afterId: number; asOf: Date },
): Promise<TriedGuard[]> {
  const from = sql`${new Date(+asOf - trialDays * dayMs).toISOString()}::timestamptz`;
  const until = sql`${asOf.toISOString()}::timestamptz`;
  return db.execute<TriedGuard>(sql`
    select
      ${guardColumns({ from, until, without: [] })},
      (
        select json_agg(json_build_object(
          'id', own.id, 'companyId', own.company_id, 'timeZone', place.time_zone, 'post', own.post,
          'hourlyRate', own.hourly_rate, 'startMs', ${toMs(sql`own.start_datetime`)}, 'endMs', ${toMs(sql`own.end_datetime`)},
          'madeMs', ${toMs(sql`coalesce(own.assigned_at, own.start_datetime)`)},
          'distanceMeters', ST_Distance(guard.home_point, place.location_point),
          'longitude', ST_X(place.location_point::geometry), 'latitude', ST_Y(place.location_point::geometry)
        ) order by own.start_datetime, own.id)
        from shifts as own
        join locations as place on place.id = own.location_id
        where own.professional_id = guard.id and own.status in ('assigned', 'active', 'completed')
          and own.start_datetime >= ${from} and own.start_datetime < ${until}
      ) as own
    from (
      select * from security_professionals
      where id > ${afterId} and employment = ${employment}
      order by id limit ${guardsAtOnce}
    ) as guard
    order by guard.id`);
}
