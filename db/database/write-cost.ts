import { sql } from "drizzle-orm";

import type { Database } from "../connections";

export type WriteCost = {
  /** Rows inserted, changed and deleted, on average since `countedFrom`. Null before an hour was counted. */
  rowsPerDay: number | null;
  countedFrom: Date | null;
  /** Indexes that each of these writes keeps up today. */
  indexCount: number;
};

const hourSeconds = 3600;

/** What one more index on a table would be paid for. Needs no right to the table. */
export async function readWriteCost(db: Pick<Database, "execute">, schema: string, table: string): Promise<WriteCost> {
  const [row] = await db.execute<{ rows: number | null; from: number | null; now: number; indexCount: number }>(sql`
    select (n_tup_ins + n_tup_upd + n_tup_del)::float8 as "rows",
           -- Where the database was never reset by itself its counters are as old as those of the server, or younger.
           extract(epoch from coalesce(
             (select stats_reset from pg_stat_database where datname = current_database()),
             (select stats_reset from pg_stat_bgwriter)
           ))::float8 as "from",
           extract(epoch from clock_timestamp())::float8 as "now",
           (select count(*)::integer from pg_index where indrelid = relid) as "indexCount"
    from pg_stat_all_tables
    where relid = to_regclass(format('%I.%I', ${schema}::text, ${table}::text))`);
  const hours = row?.from ? (row.now - row.from) / hourSeconds : 0;
  return {
    rowsPerDay: row && row.rows !== null && hours >= 1 ? (row.rows / hours) * 24 : null,
    countedFrom: row?.from ? new Date(row.from * 1000) : null,
    indexCount: row?.indexCount ?? 0,
  };
}
