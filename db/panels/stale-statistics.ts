import { sql } from "drizzle-orm";

import { isUserRelation } from "../database/catalog-fragments";
import { columnStatistics } from "../database/row-width";
import { definePanel } from "../panel";

/**
 * A table without statistics has changed by all its rows. A partitioned one counts no changes, and no worker of
 * autovacuum analyzes it: it has changed at least by what its partitions gained or lost.
 */
export const staleStatistics = definePanel({
  id: "stale-statistics",
  group: "vacuum",
  title: "Stale statistics",
  question: "Which tables does the planner know badly?",
  requires: {},
  sql: (server) => sql`
    with recursive ${columnStatistics(server)},
    leaf as (
      select oid as root, oid as relation from pg_class where relkind = 'p' and ${isUserRelation}
      union all
      select root, inhrelid from leaf join pg_inherits on inhparent = relation
    ),
    leaf_rows as (select root, sum(pg_stat_get_live_tuples(relation))::float8 as tuples from leaf group by root),
    known as (
      select pg_class.oid, relnamespace, relname, relkind, reltuples, own, analyzed,
             coalesce(leaf_rows.tuples, greatest(pg_stat_get_live_tuples(pg_class.oid), reltuples)) as tuples,
             pg_stat_get_mod_since_analyze(pg_class.oid)::float8 as modified,
             case
               when reltuples < 0 then true
               when relkind = 'p' or analyzed is not null
                 or exists (select from statistic where relation = pg_class.oid) then false
               when ${server.readsColumnWidths}::boolean
                 or has_any_column_privilege(pg_class.oid, 'select') and not row_security_active(pg_class.oid) then true
             end as is_missing
      from pg_class
      left join leaf_rows on root = pg_class.oid
      cross join lateral (
        select coalesce(jsonb_object_agg(option_name, option_value), '{}') as own from pg_options_to_table(reloptions)
      ) as options
      cross join lateral (
        select greatest(pg_stat_get_last_analyze_time(pg_class.oid), pg_stat_get_last_autoanalyze_time(pg_class.oid))
          as analyzed
      ) as last
      where relkind in ('r', 'm', 'p') and ${isUserRelation}
    ),
    judged as (
      select *,
             case when is_missing then greatest(tuples, modified) when relkind = 'p' then abs(tuples - reltuples)
               else modified end as changed,
             greatest(
               coalesce((own ->> 'autovacuum_analyze_threshold')::float8, current_setting('autovacuum_analyze_threshold')::float8)
                 + case when is_missing then 0 else greatest(reltuples, 0) end
                 * coalesce((own ->> 'autovacuum_analyze_scale_factor')::float8,
                            current_setting('autovacuum_analyze_scale_factor')::float8), 1) as due
      from known
    )
    select relnamespace::regnamespace || '.' || quote_ident(relname) as "table", tuples as "tuples",
           is_missing as "isMissing", changed as "changedTuples", due as "dueAtTuples",
           case
             when greatest(tuples, changed) < 1000 then 0
             when is_missing or analyzed is not null then changed / due
           end as "staleRatio",
           relkind <> 'p' and coalesce((own ->> 'autovacuum_enabled')::boolean, true) and current_setting('autovacuum')::boolean
             as "isEnabled",
           extract(epoch from analyzed)::float8 as "analyzedAt"
    from judged
    order by "staleRatio" desc nulls first, relname`,
  columns: {
    table: { label: "Table", unit: "text" },
    tuples: { label: "Rows", unit: "count", description: "As the server counts them; of all partitions." },
    isMissing: {
      label: "Without statistics",
      unit: "boolean",
      description: "It was never analyzed. Unlike an empty table's, its rows are guessed by the planner.",
    },
    changedTuples: {
      label: "Changed rows",
      unit: "count",
      description: "Since the last analyze; all rows where there was none, growth or loss of a partitioned table.",
    },
    dueAtTuples: { label: "Analyze is due at", unit: "count", description: "By the table's own settings." },
    staleRatio: {
      label: "Stale",
      unit: "ratio",
      description:
        "Changed rows against the point where analyze is due; below 1,000 rows nothing is judged. Unknown where the counters began anew since the last analyze, or the login may not see whether there are statistics.",
    },
    isEnabled: { label: "Autovacuum", unit: "boolean", description: "None analyzes a partitioned table." },
    analyzedAt: { label: "Last analyze", unit: "instant" },
  },
  key: ["table"],
  threshold: {
    column: "staleRatio",
    worseWhen: "above",
    warning: 2,
    critical: null,
    source: "https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-STATISTICS",
  },
  finding: ({ table, isMissing, isEnabled }) =>
    `${isMissing ? `${table} has rows and no statistics` : `${table} changed far since its statistics were taken`}${
      isEnabled ? "." : ", and autovacuum does not analyze it."
    }`,
  everySeconds: 600,
  history: { columns: ["changedTuples", "staleRatio"] },
  remedy: {
    text: "Analyze the table. Where it comes back, lower its autovacuum_analyze_scale_factor; analyze partitioned tables on a schedule.",
    operation: "analyze-table",
  },
  empty: "There is no table.",
  source: "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-TABLES-VIEW",
});
