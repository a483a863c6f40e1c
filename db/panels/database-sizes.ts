import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const databaseSizes = definePanel({
  id: "database-sizes",
  group: "size",
  title: "Size by database",
  question: "How large are the databases of this server?",
  requires: {},
  sql: () => sql`
    select datname as "database",
           case when has_database_privilege(oid, 'connect') or pg_has_role('pg_read_all_stats', 'usage')
             then pg_database_size(oid)::float8 end as "sizeBytes"
    from pg_database
    order by "sizeBytes" desc nulls last, datname`,
  columns: {
    database: { label: "Database", unit: "text" },
    sizeBytes: { label: "Size", unit: "bytes", description: "Unknown where the login may not connect." },
  },
  key: ["database"],
  everySeconds: 600,
  history: { columns: ["sizeBytes"], forecast: "sizeBytes" },
  remedy: { text: "See size by table for what grows." },
  empty: "The server answered nothing.",
  source: "https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-DBSIZE",
});
