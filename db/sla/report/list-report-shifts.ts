import { sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../../connections";
import type { Period } from "../../rules/sla/period";
import type { ReportCorrection, ReportShift } from "../../rules/sla/report/report";
import { standingFacts } from "../standing-facts";

type Scope = { clientId: number; period: Period; factsAsOf: Date; firstAsOf: Date };

const mostWorst = 10;
const mostCorrections = 100;

/** Counted shifts with the longest absence, then most no-shows, then most late; under a minute is none. */
export async function listWorstShifts(
  db: ConsoleDatabase,
  { clientId, period, factsAsOf }: Scope,
): Promise<ReportShift[]> {
  return [
    ...(await db.execute<ReportShift>(sql`
      select shift_id::float8 as "shiftId", local_date::text as "localDate", location_name as "locationName", headcount,
             filled_slots as "filledSlots", due, late, no_show as "noShow", absent::float8 as "absentSeconds"
      from (${standingFacts({ clientId, frozenBy: factsAsOf }, period)}) as facts,
           lateral (select planned_seconds - confirmed_seconds - assumed_seconds - unobserved_seconds as absent,
                           due - on_time - on_time_uncertain - no_show as late) as missed
      where left_out is null and (absent >= 60 or no_show > 0 or late > 0)
      order by absent desc, no_show desc, late desc, start_at, shift_id
      limit ${mostWorst}`)),
  ];
}

type Numbers = Record<"headcount" | "filled_slots" | "due" | "on_time" | "no_show" | "confirmed_seconds", number>;
type Told = Numbers & { left_out: string | null };
type CorrectionRow = Omit<ReportCorrection, "changes"> & { before: Told; after: Told; count: number };

/** Corrections that were frozen by then of shifts that belong to the period or did, the newest first, and of how many. */
export async function listCorrections(
  db: ConsoleDatabase,
  { clientId, period: { from, until }, factsAsOf, firstAsOf }: Scope,
): Promise<{ corrections: ReportCorrection[]; correctionCount: number }> {
  const known = sql`${factsAsOf.toISOString()}::timestamptz`;
  const rows = await db.execute<CorrectionRow>(sql`
    with own as (
      select distinct shift_id from sla_shift_facts
      where client_id = ${clientId} and local_date between ${from}::date and ${until}::date and frozen_at <= ${known}
    )
    select after.shift_id::float8 as "shiftId", after.local_date::text as "localDate",
           to_char(after.frozen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "correctedAt",
           after.correction_reason as reason, after.frozen_at > ${firstAsOf.toISOString()}::timestamptz as "isSinceFirst",
           to_jsonb(before) as before, to_jsonb(after) as after, (count(*) over ())::integer as count
    from own
    join sla_shift_facts as after on after.shift_id = own.shift_id and after.sequence > 1 and after.frozen_at <= ${known}
    join sla_shift_facts as before on before.shift_id = after.shift_id and before.sequence = after.sequence - 1
    order by after.frozen_at desc, after.shift_id, after.sequence desc
    limit ${mostCorrections}`);
  return {
    corrections: rows.map(({ before, after, count, ...correction }) => ({
      ...correction,
      changes: tellChanges(before, after),
    })),
    correctionCount: rows[0]?.count ?? 0,
  };
}

/** Shifts of the period that were frozen for the first time after the first report was made. */
export async function countAdded(
  db: ConsoleDatabase,
  { clientId, period: { from, until }, factsAsOf, firstAsOf }: Scope,
): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::integer as count from sla_shift_facts
    where client_id = ${clientId} and local_date between ${from}::date and ${until}::date and sequence = 1
      and frozen_at > ${firstAsOf.toISOString()}::timestamptz and frozen_at <= ${factsAsOf.toISOString()}::timestamptz`);
  return row?.count ?? 0;
}

const words: Record<keyof Numbers, string> = {
  headcount: "slots",
  filled_slots: "filled slots",
  due: "assignments due",
  on_time: "on time",
  no_show: "no-shows",
  confirmed_seconds: "confirmed minutes",
};

function tellChanges(before: Told, after: Told): string[] {
  const told = (Object.keys(words) as (keyof Numbers)[])
    .map((name) => {
      const per = name === "confirmed_seconds" ? 60 : 1;
      return [words[name], Math.floor(before[name] / per), Math.floor(after[name] / per)] as const;
    })
    .filter(([, one, other]) => one !== other)
    .map(([name, one, other]) => `${name} ${one}, then ${other}`);
  if (before.left_out === after.left_out) return told;
  return [...told, `${before.left_out ?? "counted"}, then ${after.left_out ?? "counted"}`];
}
