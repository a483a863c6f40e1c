import { desc, sql } from "drizzle-orm";

import type { Sql } from "../../connections";
import { slaReports } from "../../console/sla-reports";
import type { ConsoleTransaction } from "../../operation";

const key = "securyflex-console sla reports";

/**
 * When facts that are written in this transaction count as frozen: at `asOf`, but after every report that was made, so
 * that none of them ever rests on more than it did. Until the end of the transaction no report is made.
 */
export async function frozenAfterReports(console: Sql, asOf: Date): Promise<Date> {
  await console`select pg_advisory_xact_lock_shared(hashtextextended(${key}, 0))`;
  const [last] = await console<{ factsAsOf: Date }[]>`
    select facts_as_of as "factsAsOf" from sla_reports order by facts_as_of desc limit 1`;
  return new Date(Math.max(+asOf, last ? +last.factsAsOf + 1 : 0));
}

/** The instant on whose facts a report rests. Until the end of the transaction no fact is frozen. */
export async function markReport(transaction: ConsoleTransaction, asOf: Date): Promise<Date> {
  await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  const [last] = await transaction
    .select({ factsAsOf: slaReports.factsAsOf })
    .from(slaReports)
    .orderBy(desc(slaReports.factsAsOf))
    .limit(1);
  return new Date(Math.max(+asOf, last ? +last.factsAsOf : 0));
}
