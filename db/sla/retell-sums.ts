import type { Sql } from "../connections";
import type { Period } from "../rules/sla/period";

/** Adds up the facts of each local date of the period anew, whatever stood in its sums. */
export async function retellSums(sql: Sql, { from, until }: Period): Promise<void> {
  await sql`
    select sla_sums_retell(array(select generate_series(${from}::date, ${until}::date, '1 day')::date))`;
}
