import { sql } from "drizzle-orm";

import type { Database } from "../connections";

export type Caller = {
  userName: string;
  /** Empty where the client gives no name. */
  applicationName: string;
  /** Sessions that run it at this moment. */
  runningCount: number;
  /** Sessions that ran it last and have done nothing since. */
  restingCount: number;
  /** Of the longest that runs; null where none does. */
  longestSeconds: number | null;
};

/** Whose sessions run a statement, or ran it last, most first. Needs pg_read_all_stats and compute_query_id. */
export async function listCallers(db: Pick<Database, "transaction">, queryId: string): Promise<Caller[]> {
  return db.transaction(
    (transaction) =>
      transaction.execute<Caller>(sql`
        select /* ops-console:probe */ usename::text as "userName", application_name as "applicationName",
               (count(*) filter (where state = 'active'))::integer as "runningCount",
               (count(*) filter (where state <> 'active'))::integer as "restingCount",
               extract(epoch from max(clock_timestamp() - query_start) filter (where state = 'active'))::float8
                 as "longestSeconds"
        from pg_stat_activity
        where query_id = ${queryId}::bigint and datname = current_database() and pid <> pg_backend_pid()
        group by usename, application_name
        order by count(*) desc, usename, application_name
        limit 50`),
    { accessMode: "read only" },
  );
}
