import { sql } from "drizzle-orm";

import type { Database } from "../connections";
import type { StatementCounters } from "../rules/database/statement-deltas";
import { schemaOf } from "./catalog-fragments";
import type { ServerProfile } from "./server-profile";

export type StatementsReading = { readAt: Date; statements: StatementCounters[] };

/**
 * The counters of every statement of this database that clients sent themselves, without the console's own and without
 * texts, which cost ten times as much to read. Needs pg_stat_statements and pg_read_all_stats.
 */
export async function readStatementCounters(
  db: Pick<Database, "execute">,
  server: ServerProfile,
  ownQueryIds: readonly string[],
): Promise<StatementsReading> {
  const rows = await db.execute<StatementCounters & { readSeconds: number }>(sql`
    select /* ops-console:probe */
           queryid::text as "queryId", coalesce(rolname, 'dropped role') as "userName",
           sum(calls)::float8 as "calls", sum(total_exec_time)::float8 as "execMilliseconds", sum(rows)::float8 as "rows",
           sum(shared_blks_read)::float8 as "readBlocks", sum(temp_blks_written)::float8 as "temporaryBlocks",
           sum(wal_bytes)::float8 as "walBytes", extract(epoch from clock_timestamp())::float8 as "readSeconds"
    from ${schemaOf(server, "pg_stat_statements")}.pg_stat_statements(showtext := false)
    left join pg_roles on pg_roles.oid = userid
    where dbid = (select oid from pg_database where datname = current_database()) and toplevel and queryid is not null
      and queryid <> all (${`{${ownQueryIds.join(",")}}`}::bigint[])
    group by queryid, rolname`);
  const readAt = new Date((rows[0]?.readSeconds ?? Date.now() / 1000) * 1000);
  return { readAt, statements: rows.map(({ readSeconds: _, ...counters }) => counters) };
}

/** The texts of some statements, as far as they are still kept, at most 10,000 characters each. */
export async function readStatementTexts(
  db: Pick<Database, "execute">,
  server: ServerProfile,
  queryIds: readonly string[],
): Promise<{ queryId: string; text: string }[]> {
  if (queryIds.length === 0) return [];
  return db.execute<{ queryId: string; text: string }>(sql`
    select /* ops-console:probe */ distinct on (queryid) queryid::text as "queryId", left(query, 10000) as "text"
    from ${schemaOf(server, "pg_stat_statements")}.pg_stat_statements
    where queryid = any (${`{${queryIds.join(",")}}`}::bigint[])
    order by queryid, query`);
}
