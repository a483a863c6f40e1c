import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const connectionSaturation = definePanel({
  id: "connection-saturation",
  group: "connections",
  title: "Connection saturation",
  question: "How near is the server to refusing clients?",
  requires: { privilege: "pg_read_all_stats" },
  sql: () => sql`
    select used as "used", available as "available", used::float8 / nullif(available, 0) as "usedRatio"
    from (
      select (select count(*)::integer from pg_stat_activity where backend_type = 'client backend') as used,
             current_setting('max_connections')::integer
               - current_setting('superuser_reserved_connections')::integer
               - coalesce(current_setting('reserved_connections', true)::integer, 0) as available
    ) as slot
    order by used`,
  columns: {
    used: {
      label: "Used",
      unit: "count",
      description: "Client backends of the whole server, the console's among them.",
    },
    available: { label: "Available", unit: "count", description: "max_connections without the reserved slots." },
    usedRatio: { label: "Share used", unit: "ratio" },
  },
  key: [],
  threshold: {
    column: "usedRatio",
    worseWhen: "above",
    warning: 0.8,
    critical: 0.9,
    source: "SecuryFlex's own target: pool use below 80 %.",
  },
  finding: ({ used, available }) => `${used} of ${available} connections are used.`,
  history: { columns: ["used", "usedRatio"] },
  remedy: {
    text: "See by client who holds them; end idle sessions there, pool with PgBouncer, or raise max_connections (restart).",
  },
  empty: "The server answered nothing.",
  source: "https://www.postgresql.org/docs/current/runtime-config-connection.html",
});
