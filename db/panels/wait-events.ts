import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const waitEvents = definePanel({
  id: "wait-events",
  group: "locks",
  title: "Wait events",
  question: "What do active backends wait for, now and over time?",
  requires: { privilege: "pg_read_all_stats" },
  sql: () => sql`
    select coalesce(wait_event_type, 'CPU') as "type", coalesce(wait_event, 'running') as "event",
           count(*)::integer as "backends"
    from pg_stat_activity
    where state = 'active' and backend_type in ('client backend', 'parallel worker', 'autovacuum worker')
      and pid <> pg_backend_pid() and query not like '%ops-console:probe%'
    group by wait_event_type, wait_event
    order by count(*) desc, wait_event_type, wait_event`,
  columns: {
    type: { label: "Type", unit: "text", description: "CPU: it waits for nothing that the server names." },
    event: { label: "Event", unit: "text", description: "Running: on the processor, or in code that reports no wait." },
    backends: { label: "Backends", unit: "count", description: "In one sample, not a share of time." },
  },
  key: ["type", "event"],
  history: { columns: ["backends"], isAbsentZero: true },
  remedy: { text: "Lock: see blocked sessions. IO: see reads by table. LWLock: look for one hot spot that all touch." },
  empty: "No backend is active but the console's own.",
  source: "https://www.postgresql.org/docs/current/monitoring-stats.html#WAIT-EVENT-TABLE",
});
