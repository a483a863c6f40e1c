import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const connectionLimits = definePanel({
  id: "connection-limits",
  group: "connections",
  title: "Limits of roles and databases",
  question: "Which role or database nears its own limit of connections?",
  requires: { privilege: "pg_read_all_stats" },
  sql: () => sql`
    select kind as "kind", name as "name", used as "used", most as "limit", used / nullif(most, 0) as "usedRatio"
    from (
      select 'role' as kind, rolname::text as name, rolconnlimit::float8 as most,
             (select count(*) from pg_stat_activity where usesysid = pg_roles.oid and backend_type = 'client backend')::float8
               as used
      from pg_roles where rolconnlimit > 0 and not rolsuper
      union all
      select 'database', datname::text, datconnlimit::float8,
             (select count(*) from pg_stat_activity where datid = pg_database.oid and backend_type = 'client backend')::float8
      from pg_database where datconnlimit > 0
    ) as limited
    order by "usedRatio" desc, kind, name`,
  columns: {
    kind: { label: "Kind", unit: "text" },
    name: { label: "Name", unit: "text" },
    used: { label: "Used", unit: "count" },
    limit: { label: "Limit", unit: "count" },
    usedRatio: { label: "Share used", unit: "ratio" },
  },
  key: ["kind", "name"],
  threshold: {
    column: "usedRatio",
    worseWhen: "above",
    warning: 0.8,
    critical: 0.95,
    source: "SecuryFlex's own target: pool use below 80 %.",
  },
  finding: ({ kind, name, used, limit }) => `The ${kind} ${name} uses ${used} of its ${limit} connections.`,
  remedy: {
    text: "See by client who holds them; end idle sessions there, or raise the limit of the role or database.",
  },
  empty: "No role and no database has a limit of its own.",
  source: "https://www.postgresql.org/docs/current/sql-alterrole.html",
});
