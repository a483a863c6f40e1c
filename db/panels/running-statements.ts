import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const runningStatements = definePanel({
  id: "running-statements",
  group: "connections",
  title: "Running statements",
  question: "What runs at this moment, and for how long?",
  requires: { privilege: "pg_read_all_stats" },
  sql: () => sql`
    select pid as "pid", coalesce(usename, 'unknown') as "user",
           coalesce(nullif(application_name, ''), 'unnamed') as "application",
           extract(epoch from clock_timestamp() - query_start)::float8 as "runningSeconds",
           case when wait_event is null then 'running' else wait_event_type || ': ' || wait_event end as "waitsFor",
           left(query, 500) as "statement"
    from pg_stat_activity
    where state = 'active' and backend_type = 'client backend' and pid <> pg_backend_pid()
      and query not like '%ops-console:probe%'
    order by query_start, pid`,
  columns: {
    pid: { label: "Backend", unit: "text" },
    user: { label: "User", unit: "text" },
    application: { label: "Application", unit: "text" },
    runningSeconds: { label: "Running for", unit: "seconds" },
    waitsFor: {
      label: "Waits for",
      unit: "text",
      description: "Running: on the processor, or in code that reports no wait.",
    },
    statement: { label: "Statement", unit: "statement" },
  },
  key: ["pid"],
  threshold: {
    column: "runningSeconds",
    worseWhen: "above",
    warning: 60,
    critical: 900,
    source: "The console's own choice: no request of the product lives longer than a minute.",
  },
  finding: ({ application, user }) => `A statement of ${application} (${user}) runs on and on.`,
  remedy: { text: "Look at its plan; cancel the statement if nobody waits for its answer.", operation: "cancel-query" },
  empty: "Nothing runs at this moment but this question.",
  source: "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW",
});
