import { type SQL, sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import type { SlaCounts } from "../rules/sla/counts";
import type { Period } from "../rules/sla/period";
import { type Grouping, groupKey, nameOfThen, newestName } from "./groupings";
import { parties, tellCancelled, unpackCancelled } from "./packed-cases";
import { type SlaFilter, standingFacts } from "./standing-facts";
import { type SummedDays, summedDays } from "./summed-days";

export type Grouped<Value> = { key: string; label: string; value: Value };

type Question = { filter: SlaFilter; period: Period; by: Grouping };
type Row<Cancelled> = Omit<SlaCounts, "leftOut" | "cancelled"> &
  SlaCounts["leftOut"] & { key: string; label: string; nameOfThen?: string | null; cancelled: Cancelled };

/** The counts of each group that has a shift, in the order of the keys, with its newest name, or that of then. */
export async function readCounts(db: ConsoleDatabase, question: Question): Promise<Grouped<SlaCounts>[]> {
  const summed = summedDays(question);
  if (summed)
    return (await readSums(db, summed, question.by)).map((row) => grouped(row, unpackCancelled(row.cancelled)));
  return (await addFacts(db, question)).map((row) => grouped(row, tellCancelled(row.cancelled)));
}

async function readSums(db: ConsoleDatabase, { rows, key }: SummedDays, by: Grouping): Promise<Row<Buffer>[]> {
  const total = (column: SQL) => sql`sum(${column})::float8`;
  return db.execute<Row<Buffer>>(sql`
    select sums.*, ${newestName(by, sql`sums.key`)} as label
    from (
      select ${key} as key, ${total(sql`live_shifts`)} as "liveShifts", ${total(sql`corrected_shifts`)} as "correctedShifts",
             ${total(sql`shifts`)} as shifts, ${total(sql`slots`)} as slots, ${total(sql`filled_slots`)} as "filledSlots",
             ${total(sql`due`)} as due, ${total(sql`on_time`)} as "onTime",
             ${total(sql`on_time_uncertain`)} as "onTimeUncertain",
             ${total(sql`no_show`)} as "noShow", ${total(sql`no_show_uncertain`)} as "noShowUncertain",
             ${total(sql`inside`)} as inside, ${total(sql`outside`)} as outside, ${total(sql`uncertain`)} as uncertain,
             ${total(sql`draft`)} as draft, ${total(sql`unpublished`)} as unpublished,
             ${total(sql`withdrawn`)} as withdrawn, ${total(sql`unobserved`)} as unobserved,
             ${total(sql`planned_seconds`)} as "plannedSeconds", ${total(sql`confirmed_seconds`)} as "confirmedSeconds",
             ${total(sql`assumed_seconds`)} as "assumedSeconds",
             ${total(sql`unobserved_seconds`)} as "unobservedSeconds",
             ${total(sql`published_shifts`)} as "publishedShifts", string_agg(cancelled, '') as cancelled
      from ${rows}
      group by 1
    ) as sums
    order by key`);
}

/** One pass over the facts of the period. */
async function addFacts(db: ConsoleDatabase, { filter, period, by }: Question): Promise<Row<number[]>[]> {
  const counted = sql`left_out is null`;
  const covered = sql`(left_out is null or left_out = 'unobserved')`;
  const total = (column: SQL, among = counted) => sql`coalesce(sum(${column}) filter (where ${among}), 0)::float8`;
  const number = (among: SQL) => sql`(count(*) filter (where ${among}))::float8`;
  const cancelled = parties.flatMap((party) => [
    number(sql`cancelled_by = ${party} and notice_seconds > 86400`),
    number(sql`cancelled_by = ${party} and notice_seconds between 7200 and 86400`),
    number(sql`cancelled_by = ${party} and notice_seconds < 7200`),
  ]);
  return db.execute<Row<number[]>>(sql`
    select facts.*, ${filter.frozenBy ? sql`coalesce(facts."nameOfThen", facts.key)` : newestName(by, sql`facts.key`)} as label
    from (
      select ${groupKey(by, period.until)} as key, ${filter.frozenBy ? nameOfThen(by) : sql`null`} as "nameOfThen",
             ${number(sql`is_live`)} as "liveShifts", ${number(sql`sequence > 1`)} as "correctedShifts",
             count(*)::float8 as shifts,
             ${total(sql`headcount`)} as slots, ${total(sql`filled_slots`)} as "filledSlots",
             ${total(sql`due`)} as due, ${total(sql`on_time`)} as "onTime",
             ${total(sql`on_time_uncertain`)} as "onTimeUncertain",
             ${total(sql`no_show`)} as "noShow", ${total(sql`no_show_uncertain`)} as "noShowUncertain",
             ${total(sql`inside`)} as inside, ${total(sql`outside`)} as outside, ${total(sql`uncertain`)} as uncertain,
             ${number(sql`left_out = 'draft'`)} as draft, ${number(sql`left_out = 'unpublished'`)} as unpublished,
             ${number(sql`left_out = 'withdrawn'`)} as withdrawn, ${number(sql`left_out = 'unobserved'`)} as unobserved,
             ${total(sql`planned_seconds`, covered)} as "plannedSeconds",
             ${total(sql`confirmed_seconds`, covered)} as "confirmedSeconds",
             ${total(sql`assumed_seconds`, covered)} as "assumedSeconds",
             ${total(sql`unobserved_seconds`, covered)} as "unobservedSeconds",
             ${number(sql`left_out is null or left_out in ('withdrawn', 'unobserved')`)} as "publishedShifts",
             array[${sql.join(cancelled, sql`, `)}] as cancelled
      from (${standingFacts(filter, period)}) as facts
      group by 1
    ) as facts
    order by key`);
}

function grouped(row: Row<unknown>, cancelled: SlaCounts["cancelled"]): Grouped<SlaCounts> {
  const { key, label, draft, unpublished, withdrawn, unobserved, nameOfThen: _, cancelled: __, ...counts } = row;
  return { key, label, value: { ...counts, leftOut: { draft, unpublished, withdrawn, unobserved }, cancelled } };
}
