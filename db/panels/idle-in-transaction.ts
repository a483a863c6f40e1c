import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const idleInTransaction = definePanel({
  id: "idle-in-transaction",
  group: "connections",
  title: "Idle in transaction",
  question: "Who keeps a transaction open and does nothing?",
  requires: { privilege: "pg_read_all_stats" },
  sql: () => sql`
    select pid as "pid", coalesce(usename, 'unknown') as "user",
           coalesce(nullif(application_name, ''), 'unnamed') as "application", state as "state",
           extract(epoch from clock_timestamp() - state_change)::float8 as "idleSeconds",
           extract(epoch from clock_timestamp() - xact_start)::float8 as "transactionSeconds",
           backend_xmin is not null or backend_xid is not null as "holdsXmin",
           coalesce(held.relations, 0) as "lockedRelations",
           left(query, 500) as "lastStatement"
    from pg_stat_activity as activity
    left join (
      select pid, count(*)::integer as relations from pg_locks where locktype = 'relation' group by pid
    ) as held using (pid)
    where state in ('idle in transaction', 'idle in transaction (aborted)') and backend_type = 'client backend'
    order by state_change, pid`,
  columns: {
    pid: { label: "Backend", unit: "text" },
    user: { label: "User", unit: "text" },
    application: { label: "Application", unit: "text" },
    state: { label: "State", unit: "text" },
    idleSeconds: { label: "Idle for", unit: "seconds" },
    transactionSeconds: { label: "Transaction open for", unit: "seconds" },
    holdsXmin: { label: "Holds back vacuum", unit: "boolean" },
    lockedRelations: { label: "Relations locked", unit: "count" },
    lastStatement: { label: "Last statement", unit: "statement" },
  },
  key: ["pid"],
  threshold: {
    column: "idleSeconds",
    worseWhen: "above",
    warning: 300,
    critical: 1800,
    source:
      "https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-IDLE-IN-TRANSACTION-SESSION-TIMEOUT",
  },
  finding: ({ application, user }) => `${application} (${user}) keeps a transaction open and does nothing.`,
  remedy: {
    text: "Find out why the application waits inside a transaction; end the backend if it blocks others; set idle_in_transaction_session_timeout for the role.",
    operation: "terminate-backend",
  },
  empty: "No session is idle in a transaction.",
  source: "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW",
});
