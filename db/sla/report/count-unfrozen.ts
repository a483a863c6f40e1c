import { type SQL, sql } from "drizzle-orm";

import type { ConsoleDatabase, Database } from "../../connections";
import { localDate } from "../../rules/shifts/start-of-day";
import type { Period } from "../../rules/sla/period";
import { readSlaAge } from "../read-sla";

export type ReportScope = { clientId: number; clientName: string; frozenShifts: number; unfrozenShifts: number };

export type ReportQuestion = {
  clientId?: number;
  period: Period;
  asOf: Date;
  /** Only clients that have no final report of the period. */
  isWithoutFinal?: boolean;
};

/**
 * The clients that have a frozen shift in the period, by name, with how many are not frozen yet; `isOver` says whether
 * the period is. SecuryFlex: shifts_start_datetime_end_datetime_status_idx; needs console_read.
 */
export async function listReportScopes(
  { console: db, securyflex }: { console: ConsoleDatabase; securyflex: Database },
  { clientId, period, asOf, isWithoutFinal = false }: ReportQuestion,
): Promise<{ isOver: boolean; scopes: ReportScope[] }> {
  const { frozenUntil } = await readSlaAge(db);
  const known = await db.execute<{ clientId: number; clientName: string; frozenShifts: number }>(sql`
    select client_id::float8 as "clientId", (array_agg(client_name order by local_date desc, shift_id desc))[1] as "clientName",
           count(distinct shift_id)::integer as "frozenShifts"
    from sla_shift_facts
    where local_date between ${period.from}::date and ${period.until}::date
      ${clientId === undefined ? sql`` : sql`and client_id = ${clientId}`}
      ${isWithoutFinal ? sql`and not exists (${finalOf(period)})` : sql``}
    group by client_id
    order by "clientName", client_id`);
  const unfrozen = await countUnfrozen(securyflex, { period, frozenUntil });
  return {
    isOver: period.until < localDate(asOf, "Europe/Amsterdam"),
    scopes: known.map((scope) => ({ ...scope, unfrozenShifts: unfrozen.get(scope.clientId) ?? 0 })),
  };
}

function finalOf({ from, until }: Period): SQL {
  return sql`
    select from sla_reports
    where sla_reports.client_id = sla_shift_facts.client_id and from_on = ${from}::date and until_on = ${until}::date
      and is_final`;
}

/** Shifts of the period that end after all is frozen, of each client. */
async function countUnfrozen(
  db: Database,
  { period, frozenUntil }: { period: Period; frozenUntil: Date | null },
): Promise<Map<number, number>> {
  const rows = await db.execute<{ clientId: number; count: number }>(sql`
    select shifts.client_id::float8 as "clientId", count(*)::integer as count
    from shifts
    join locations on locations.id = shifts.location_id
    where shifts.start_datetime >= ${period.from}::date - 1 and shifts.start_datetime < ${period.until}::date + 2
      and shifts.end_datetime > ${(frozenUntil ?? new Date(0)).toISOString()}::timestamptz
      and (shifts.start_datetime at time zone locations.time_zone)::date
            between ${period.from}::date and ${period.until}::date
    group by shifts.client_id`);
  return new Map(rows.map(({ clientId, count }) => [clientId, count]));
}
