import { sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import type { SlaCases, SlaCounts } from "../rules/sla/counts";
import { type JudgedShare, judgeCounts, type ShareId } from "../rules/sla/judge-counts";
import { type Period, previousPeriod } from "../rules/sla/period";
import type { Grouping } from "./groupings";
import { type CaseTargets, readCases, withoutCases } from "./read-cases";
import { type Grouped, readCounts } from "./read-counts";
import type { SlaFilter } from "./standing-facts";

/**
 * What the SLA room asks; all of it from facts in the console's own database, nothing of SecuryFlex. Sums of each day
 * answer for all shifts, and for one client, company, region or location over time; any other question adds up facts.
 *
 * A number of today's shifts, or of others that are not frozen yet, is part of each answer; `counts.liveShifts` says of
 * how many shifts, `readSlaAge` how old they are. Shares are told by judgeCounts: with n (`of`), what was left out, a
 * range where something is uncertain, and words in place of a percentage under 20 cases. Durations are in seconds,
 * Infinity where so many never came to it. The very shifts behind each number: listSlaShifts with the same filter and
 * period, and `group` for one bar or cell.
 */
export type SlaNumbers = { counts: SlaCounts; shares: Record<ShareId, JudgedShare>; cases: SlaCases };

export type SlaQuestion = {
  filter: SlaFilter;
  period: Period;
  /** What the numbers are held against; without it, the equally long period before. */
  against?: { filter: SlaFilter; period: Period };
  targets?: CaseTargets;
};

/** The numbers of the period and of what they are held against. Null where there was no shift at all. */
export async function readSlaSummary(
  db: ConsoleDatabase,
  question: SlaQuestion,
): Promise<{ current: SlaNumbers | null; previous: SlaNumbers | null; previousPeriod: Period }> {
  const before = asBefore(question);
  const [current, previous] = await Promise.all([
    readGroups(db, { ...question, by: "all" }),
    readGroups(db, { ...before, by: "all" }),
  ]);
  return { current: current[0]?.value ?? null, previous: previous[0]?.value ?? null, previousPeriod: before.period };
}

/** The numbers of each day, week, month or 28 days of the period, by its first date; those without a shift are not there. */
export async function readSlaSeries(
  db: ConsoleDatabase,
  { by, ...question }: SlaQuestion & { by: "day" | "week" | "month" | "28 days" },
): Promise<Grouped<SlaNumbers>[]> {
  return readGroups(db, { ...question, by });
}

/** The numbers of each client, company, region or location of the period, beside what they are held against. */
export async function readSlaByGroup(
  db: ConsoleDatabase,
  { by, ...question }: SlaQuestion & { by: "client" | "company" | "region" | "location" },
): Promise<{ key: string; label: string; current: SlaNumbers | null; previous: SlaNumbers | null }[]> {
  const [current, previous] = await Promise.all([
    readGroups(db, { ...question, by }),
    readGroups(db, { ...asBefore(question), by }),
  ]);
  const before = new Map(previous.map((group) => [group.key, group]));
  const now = new Set(current.map(({ key }) => key));
  return [
    ...current.map(({ key, label, value }) => ({
      key,
      label,
      current: value,
      previous: before.get(key)?.value ?? null,
    })),
    ...previous
      .filter(({ key }) => !now.has(key))
      .map(({ key, label, value }) => ({ key, label, current: null, previous: value })),
  ];
}

/** The shares of each hour of the week in which a shift started: ISO weekday (1 is Monday) and local hour. */
export async function readSlaHeat(
  db: ConsoleDatabase,
  { filter, period }: SlaQuestion,
): Promise<{ weekday: number; hour: number; counts: SlaCounts; shares: Record<ShareId, JudgedShare> }[]> {
  const cells = await readCounts(db, { filter, period, by: "hour" });
  return cells.map(({ key, value }) => {
    const [weekday, hour] = key.split("-").map(Number) as [number, number];
    return { weekday, hour, counts: value, shares: judgeCounts(value) };
  });
}

/**
 * Up to which end of shifts all are frozen, when the others were told, and the local date from which on there are frozen
 * ones. Null before the first time.
 */
export async function readSlaAge(
  db: ConsoleDatabase,
): Promise<{ frozenUntil: Date | null; liveAt: Date | null; firstDate: string | null }> {
  const [age] = await db.execute<{ frozen: number | null; live: number | null; first: string | null }>(sql`
    select date_part('epoch', frozen_until) as frozen, date_part('epoch', live_at) as live,
           (select min(local_date)::text from sla_shift_facts) as first
    from sla_progress`);
  const instant = (seconds: number | null | undefined) => (seconds ? new Date(seconds * 1000) : null);
  return { frozenUntil: instant(age?.frozen), liveAt: instant(age?.live), firstDate: age?.first ?? null };
}

function asBefore({ against, ...question }: SlaQuestion): SlaQuestion {
  return { ...question, ...(against ?? { period: previousPeriod(question.period) }) };
}

async function readGroups(
  db: ConsoleDatabase,
  question: SlaQuestion & { by: Grouping },
): Promise<Grouped<SlaNumbers>[]> {
  const [counts, cases] = await Promise.all([readCounts(db, question), readCases(db, question)]);
  const casesOf = new Map(cases.map(({ key, value }) => [key, value]));
  return counts.map(({ key, label, value }) => ({
    key,
    label,
    value: { counts: value, shares: judgeCounts(value), cases: casesOf.get(key) ?? withoutCases() },
  }));
}
