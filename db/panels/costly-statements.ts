import { sql } from "drizzle-orm";

import { schemaOf } from "../database/catalog-fragments";
import { definePanel } from "../panel";

/** The extension's own version decides its columns, not the server's: after an upgrade it stays old until altered. */
export const costlyStatements = definePanel({
  id: "costly-statements",
  group: "queries",
  title: "Costly statements",
  question: "Which statements cost the server most since its statistics began?",
  requires: { extension: "pg_stat_statements", privilege: "pg_read_all_stats" },
  sql: (server) => {
    const extension = server.extensions.pg_stat_statements;
    const [major = 0, minor = 0] = (extension?.version ?? "0.0").split(".").map(Number);
    const hasLevels = major > 1 || minor >= 9;
    const hasSharedTimes = major > 1 || minor >= 11;
    const schema = schemaOf(server, "pg_stat_statements");
    return sql`
      select queryid::text as "queryId", coalesce(rolname, userid::text) as "user",
             ${hasLevels ? sql`case when toplevel then 'top' else 'nested' end` : sql`'unknown'`} as "level",
             calls::float8 as "calls", total_exec_time as "totalMilliseconds", mean_exec_time as "meanMilliseconds",
             rows::float8 as "rows",
             total_exec_time / nullif(sum(total_exec_time) over (), 0) as "timeRatio",
             (shared_blks_read * current_setting('block_size')::float8) as "readBytes",
             ${hasSharedTimes ? sql`shared_blk_read_time` : sql`blk_read_time`} as "readMilliseconds",
             (temp_blks_written * current_setting('block_size')::float8) as "temporaryBytes",
             wal_bytes::float8 as "walBytes", left(query, 1000) as "statement"
      from ${schema}.pg_stat_statements
      left join pg_roles on pg_roles.oid = userid
      where dbid = (select oid from pg_database where datname = current_database())
        and query not like '%ops-console:probe%'
      order by total_exec_time desc, queryid, userid`;
  },
  columns: {
    queryId: { label: "Query id", unit: "text" },
    user: { label: "User", unit: "text" },
    level: { label: "Level", unit: "text", description: "Nested: inside a function, counted there and in its caller." },
    calls: { label: "Calls", unit: "count" },
    totalMilliseconds: { label: "Total time", unit: "milliseconds" },
    meanMilliseconds: { label: "Mean", unit: "milliseconds", description: "The extension keeps no percentiles." },
    rows: { label: "Rows", unit: "count" },
    timeRatio: { label: "Share of time", unit: "ratio", description: "Of the statements that are kept." },
    readBytes: { label: "Read", unit: "bytes" },
    readMilliseconds: { label: "Time reading", unit: "milliseconds", description: "0 while track_io_timing is off." },
    temporaryBytes: { label: "Temporary", unit: "bytes" },
    walBytes: { label: "WAL", unit: "bytes" },
    statement: { label: "Statement", unit: "statement" },
  },
  key: ["queryId", "user", "level"],
  everySeconds: 300,
  remedy: { text: "Look at its plan and at the index advice for it." },
  empty: "No statement was kept since the last reset.",
  source: "https://www.postgresql.org/docs/current/pgstatstatements.html",
});
