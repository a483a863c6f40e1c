import { sql } from "drizzle-orm";

import { isUserRelation } from "../database/catalog-fragments";
import { definePanel } from "../panel";

export const vacuumHealth = definePanel({
  id: "vacuum-health",
  group: "vacuum",
  title: "Vacuum health",
  question: "Where has autovacuum fallen behind?",
  requires: {},
  sql: ({ versionNumber }) => sql`
    with rule as (
      select pg_class.oid, relnamespace, relname, reltuples,
             coalesce((select option_value from pg_options_to_table(reloptions) where option_name = 'autovacuum_enabled')::boolean, true)
               and current_setting('autovacuum')::boolean as is_enabled,
             coalesce(
               (select option_value::float8 from pg_options_to_table(reloptions) where option_name = 'autovacuum_vacuum_threshold'),
               current_setting('autovacuum_vacuum_threshold')::float8
             ) + greatest(reltuples, 0) * coalesce(
               (select option_value::float8 from pg_options_to_table(reloptions) where option_name = 'autovacuum_vacuum_scale_factor'),
               current_setting('autovacuum_vacuum_scale_factor')::float8
             ) as scaled,
             ${versionNumber >= 180_000 ? sql`nullif(current_setting('autovacuum_vacuum_max_threshold')::float8, -1)` : sql`null::float8`}
               as most
      from pg_class
      where relkind in ('r', 'm') and ${isUserRelation}
    )
    select relnamespace::regnamespace || '.' || rule.relname as "table",
           n_live_tup::float8 as "liveTuples", n_dead_tup::float8 as "deadTuples",
           least(scaled, most) as "vacuumAtDeadTuples",
           case when is_enabled then n_dead_tup / nullif(least(scaled, most), 0) end as "dueRatio",
           is_enabled as "isEnabled",
           extract(epoch from greatest(last_vacuum, last_autovacuum))::float8 as "vacuumedAt",
           extract(epoch from greatest(last_analyze, last_autoanalyze))::float8 as "analyzedAt"
    from rule
    join pg_stat_all_tables on relid = rule.oid
    order by "dueRatio" desc nulls first, rule.relname`,
  columns: {
    table: { label: "Table", unit: "text" },
    liveTuples: { label: "Live tuples", unit: "count" },
    deadTuples: { label: "Dead tuples", unit: "count", description: "Counted by the server, not bloat." },
    vacuumAtDeadTuples: { label: "Vacuum is due at", unit: "count" },
    dueRatio: {
      label: "Due",
      unit: "ratio",
      description: "Dead tuples against the point where autovacuum begins. Unknown where autovacuum is off.",
    },
    isEnabled: { label: "Autovacuum", unit: "boolean" },
    vacuumedAt: { label: "Last vacuum", unit: "instant" },
    analyzedAt: { label: "Last analyze", unit: "instant" },
  },
  key: ["table"],
  threshold: {
    column: "dueRatio",
    worseWhen: "above",
    warning: 2,
    critical: 10,
    source: "https://www.postgresql.org/docs/current/routine-vacuuming.html#AUTOVACUUM",
  },
  finding: ({ table }) => `Autovacuum of ${table} is overdue.`,
  everySeconds: 600,
  history: { columns: ["deadTuples", "dueRatio"] },
  remedy: { text: "See who holds back vacuum and whether all workers are busy; vacuum the table by hand." },
  empty: "There is no table.",
  source: "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-TABLES-VIEW",
});
