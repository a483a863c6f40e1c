import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const autovacuumWorkers = definePanel({
  id: "autovacuum-workers",
  group: "vacuum",
  title: "Autovacuum workers",
  question: "Are all workers of autovacuum busy?",
  requires: { privilege: "pg_read_all_stats" },
  sql: () => sql`
    select busy as "busy", most as "most", busy / most as "busyRatio",
           extract(epoch from clock_timestamp() - since)::float8 as "longestSeconds"
    from (
      select count(*)::float8 as busy, current_setting('autovacuum_max_workers')::float8 as most, min(xact_start) as since
      from pg_stat_activity where backend_type = 'autovacuum worker'
    ) as worker
    order by busy`,
  columns: {
    busy: { label: "Busy", unit: "count", description: "In all databases of the server." },
    most: { label: "Workers", unit: "count", description: "autovacuum_max_workers" },
    busyRatio: { label: "Share busy", unit: "ratio" },
    longestSeconds: { label: "Longest at work for", unit: "seconds", description: "Unknown while none is busy." },
  },
  key: [],
  history: { columns: ["busy"] },
  remedy: {
    text: "Busy all day: raise autovacuum_vacuum_cost_limit first, then autovacuum_max_workers; they share one budget.",
  },
  empty: "The server answered nothing.",
  source: "https://www.postgresql.org/docs/current/runtime-config-autovacuum.html",
});
