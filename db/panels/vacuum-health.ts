import { sql } from "drizzle-orm";

import { isUserRelation } from "../database/catalog-fragments";
import { definePanel } from "../panel";

/** A table's own setting, or the server's. */
const ruleOf = (name: string) => sql`coalesce((own ->> ${name})::float8, current_setting(${name})::float8)`;

export const vacuumHealth = definePanel({
  id: "vacuum-health",
  group: "vacuum",
  title: "Vacuum health",
  question: "Where has autovacuum fallen behind?",
  requires: {},
  sql: ({ versionNumber }) => sql`
    with rule as (
      select pg_class.oid, relnamespace, relname, greatest(reltuples, 0) as tuples, own
      from pg_class
      cross join lateral (
        select coalesce(jsonb_object_agg(option_name, option_value), '{}') as own from pg_options_to_table(reloptions)
      ) as options
      where relkind in ('r', 'm') and ${isUserRelation}
    ),
    due as (
      select rule.*,
             coalesce((own ->> 'autovacuum_enabled')::boolean, true) and current_setting('autovacuum')::boolean as is_enabled,
             least(
               ${ruleOf("autovacuum_vacuum_threshold")} + tuples * ${ruleOf("autovacuum_vacuum_scale_factor")},
               ${versionNumber >= 180_000 ? sql`nullif(${ruleOf("autovacuum_vacuum_max_threshold")}, -1)` : sql`null::float8`}
             ) as dead,
             nullif(${ruleOf("autovacuum_vacuum_insert_threshold")}, -1)
               + tuples * ${ruleOf("autovacuum_vacuum_insert_scale_factor")} as inserted,
             ${ruleOf("autovacuum_analyze_threshold")} + tuples * ${ruleOf("autovacuum_analyze_scale_factor")} as changed
      from rule
    )
    select relnamespace::regnamespace || '.' || quote_ident(relname) as "table",
           pg_stat_get_live_tuples(oid)::float8 as "liveTuples", dead_tuples as "deadTuples", dead as "vacuumAtDeadTuples",
           dead_tuples / nullif(dead, 0) as "dueRatio",
           case when dead_tuples < 1000 then 0 else dead_tuples / nullif(dead, 0) end as "overdueRatio",
           pg_stat_get_ins_since_vacuum(oid) / nullif(inserted, 0) as "insertDueRatio",
           pg_stat_get_mod_since_analyze(oid) / nullif(changed, 0) as "analyzeDueRatio",
           is_enabled as "isEnabled",
           extract(epoch from greatest(pg_stat_get_last_vacuum_time(oid), pg_stat_get_last_autovacuum_time(oid)))::float8
             as "vacuumedAt",
           extract(epoch from greatest(pg_stat_get_last_analyze_time(oid), pg_stat_get_last_autoanalyze_time(oid)))::float8
             as "analyzedAt"
    from due
    cross join lateral (select pg_stat_get_dead_tuples(oid)::float8 as dead_tuples) as counted
    order by "overdueRatio" desc nulls first, "dueRatio" desc nulls first, relname`,
  columns: {
    table: { label: "Table", unit: "text" },
    liveTuples: { label: "Live tuples", unit: "count" },
    deadTuples: { label: "Dead tuples", unit: "count", description: "Counted by the server, not bloat." },
    vacuumAtDeadTuples: { label: "Vacuum is due at", unit: "count" },
    dueRatio: {
      label: "Due",
      unit: "ratio",
      description: "Dead tuples against the point where autovacuum begins, also where it is off.",
    },
    overdueRatio: {
      label: "Overdue",
      unit: "ratio",
      description: "The same; tables with fewer than 1,000 dead tuples are not judged.",
    },
    insertDueRatio: { label: "Due by inserts", unit: "ratio", description: "Unknown where inserts start no vacuum." },
    analyzeDueRatio: { label: "Analyze due", unit: "ratio" },
    isEnabled: { label: "Autovacuum", unit: "boolean" },
    vacuumedAt: { label: "Last vacuum", unit: "instant" },
    analyzedAt: { label: "Last analyze", unit: "instant" },
  },
  key: ["table"],
  threshold: {
    column: "overdueRatio",
    worseWhen: "above",
    warning: 2,
    critical: 10,
    source: "https://www.postgresql.org/docs/current/routine-vacuuming.html#AUTOVACUUM",
  },
  finding: ({ table, isEnabled }) =>
    isEnabled ? `Autovacuum of ${table} is overdue.` : `${table} waits for a vacuum, and autovacuum is off.`,
  everySeconds: 600,
  history: { columns: ["deadTuples", "dueRatio"] },
  remedy: {
    text: "See who holds back vacuum and whether all workers are busy; vacuum the table by hand.",
    operation: "vacuum-table",
  },
  empty: "There is no table.",
  source: "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-TABLES-VIEW",
});
