import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const connectionsByClient = definePanel({
  id: "connections-by-client",
  group: "connections",
  title: "Connections by client",
  question: "Who holds the connections, and what do they do?",
  requires: { privilege: "pg_read_all_stats" },
  sql: () => sql`
    select coalesce(usename, 'unknown') as "user",
           coalesce(nullif(application_name, ''), 'unnamed') as "application",
           coalesce(client_addr::text, 'local socket') as "client",
           coalesce(datname, 'none') as "database",
           coalesce(state, 'unknown') as "state",
           count(*)::integer as "connections",
           extract(epoch from clock_timestamp() - min(state_change))::float8 as "longestSeconds"
    from pg_stat_activity
    where backend_type = 'client backend'
    group by usename, application_name, client_addr, datname, state
    order by count(*) desc, usename, application_name, client_addr, datname, state`,
  columns: {
    user: { label: "User", unit: "text" },
    application: { label: "Application", unit: "text" },
    client: { label: "Client", unit: "text" },
    database: { label: "Database", unit: "text" },
    state: { label: "State", unit: "text" },
    connections: { label: "Connections", unit: "count" },
    longestSeconds: { label: "Longest in this state", unit: "seconds" },
  },
  key: ["user", "application", "client", "database", "state"],
  remedy: { text: "An application that holds many idle connections wants a smaller pool." },
  empty: "No client is connected.",
  source: "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ACTIVITY-VIEW",
});
