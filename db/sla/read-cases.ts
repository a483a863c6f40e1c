import { sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import type { CaseCounts, CaseKind, SlaCases } from "../rules/sla/counts";
import type { Period } from "../rules/sla/period";
import { type Grouping, groupKey } from "./groupings";
import { unpackCases } from "./packed-cases";
import { type SlaFilter, standingFacts } from "./standing-facts";
import { type SummedDays, summedDays } from "./summed-days";

const none: CaseCounts = { n: 0, never: 0, p50: null, p90: null, withinTarget: null };

/** Longest durations that are within target, in seconds. */
export type CaseTargets = Partial<Record<CaseKind, number>>;

type Question = {
  filter: SlaFilter;
  period: Period;
  by: Grouping;
  targets?: CaseTargets;
  /** The one kind that is asked for; without it all are told. */
  only?: CaseKind;
};
type GroupedCases = { key: string; value: SlaCases };

/**
 * Durations of each group's counted shifts: the smallest that half, and nine tenths, of all cases do not exceed. What
 * never came to it is infinitely long. Groups without any case may be left away.
 */
export async function readCases(db: ConsoleDatabase, question: Question): Promise<GroupedCases[]> {
  const summed = summedDays(question);
  return summed ? readSummedCases(db, summed, question) : readCasesOfFacts(db, question);
}

async function readSummedCases(
  db: ConsoleDatabase,
  { rows, key }: SummedDays,
  { targets = {}, only }: Pick<Question, "targets" | "only">,
): Promise<GroupedCases[]> {
  const groups = await db.execute<{ key: string; durations: Buffer }>(sql`
    select ${key} as key, string_agg(durations, '') as durations from ${rows} group by 1`);
  return groups.map((group) => ({
    key: group.key,
    value: { ...withoutCases(), ...Object.fromEntries(unpackCases(group.durations, targets, only)) },
  }));
}

async function readCasesOfFacts(
  db: ConsoleDatabase,
  { filter, period, by, targets = {} }: Question,
): Promise<GroupedCases[]> {
  const rows = await db.execute<CaseCounts & { key: string; kind: CaseKind }>(sql`
    with durations as (
      select ${groupKey(by, period.until)} as key, kind, durations.seconds, count(*)::float8 as n
      from (${standingFacts(filter, period)}) as facts
      cross join lateral (values
        ('fill', fill_seconds), ('late', late_seconds), ('acknowledge', acknowledge_seconds),
        ('on-scene', on_scene_seconds), ('refill', refill_seconds), ('arrive', arrive_seconds)
      ) as cases (kind, lasted)
      cross join lateral unnest(cases.lasted) as durations (seconds)
      where left_out is null
      group by 1, kind, durations.seconds
    ), ranked as (
      select *, sum(n) over (partition by key, kind order by seconds nulls last) as up_to,
             sum(n) over (partition by key, kind) as total
      from durations
    )
    select key, kind, sum(n) as n, coalesce(sum(n) filter (where ranked.seconds is null), 0) as never,
           min(coalesce(ranked.seconds, 'Infinity'::float8)) filter (where up_to >= total * 0.5) as p50,
           min(coalesce(ranked.seconds, 'Infinity'::float8)) filter (where up_to >= total * 0.9) as p90,
           case when max(target.seconds) is not null
             then coalesce(sum(n) filter (where ranked.seconds <= target.seconds), 0) end as "withinTarget"
    from ranked
    left join jsonb_to_recordset(${JSON.stringify(targetRows(targets))}::jsonb) as target (kind text, seconds float8)
      using (kind)
    group by key, kind`);
  const groups = new Map<string, SlaCases>();
  for (const { key, kind, ...cases } of rows) {
    groups.set(key, { ...(groups.get(key) ?? withoutCases()), [kind]: cases });
  }
  return [...groups].map(([key, value]) => ({ key, value }));
}

export function withoutCases(): SlaCases {
  return { fill: none, late: none, acknowledge: none, "on-scene": none, refill: none, arrive: none };
}

function targetRows(targets: CaseTargets) {
  return Object.entries(targets).map(([kind, seconds]) => ({ kind, seconds }));
}
