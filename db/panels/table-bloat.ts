import { sql } from "drizzle-orm";

import { isUserRelation } from "../database/catalog-fragments";
import { definePanel } from "../panel";

/**
 * Estimated from column widths in pg_stats against relpages. Row width is rounded up to 8 bytes and half of that
 * rounding per column may be padding, which is the stated error. A table whose columns hide from the login, or that was
 * never analyzed, is unknown.
 */
export const tableBloat = definePanel({
  id: "table-bloat",
  group: "bloat",
  title: "Table bloat",
  question: "Which tables take more room than their rows need?",
  requires: {},
  sql: () => sql`
    with width as (
      select attrelid,
             count(*) as columns,
             count(*) filter (where stats.attname is null) as hidden,
             sum((1 - coalesce(null_frac, 0)) * coalesce(avg_width, 0)) as row_bytes,
             max(coalesce(null_frac, 0)) > 0 as has_nulls,
             sum(case when attlen > 0 then attlen - 1 else 0 end) as padding
      from pg_attribute
      join pg_class on pg_class.oid = attrelid
      left join pg_stats as stats on stats.schemaname = relnamespace::regnamespace::text
        and stats.tablename = relname and stats.attname = pg_attribute.attname and not stats.inherited
      where attnum > 0 and not attisdropped and relkind in ('r', 'm') and ${isUserRelation}
      group by attrelid
    ),
    estimate as (
      select pg_class.oid, relnamespace, relname, relpages, reltuples, hidden,
             current_setting('block_size')::float8 as block_bytes,
             coalesce((select option_value::float8 from pg_options_to_table(reloptions) where option_name = 'fillfactor'), 100)
               / 100 as fill,
             ceil((23 + case when has_nulls then (columns + 7) / 8 else 0 end) / 8.0) * 8 + 4 as header_bytes,
             row_bytes, columns
      from pg_class join width on attrelid = pg_class.oid
      where relpages > 0
    ),
    needed as (
      select *,
             (header_bytes + ceil(row_bytes / 8.0) * 8) * greatest(reltuples, 0) / ((block_bytes - 24) * fill) as pages,
             (least(columns, 8) * 3.5) * greatest(reltuples, 0) / ((block_bytes - 24) * fill) as unsure_pages
      from estimate
    )
    select needed.relnamespace::regnamespace || '.' || needed.relname as "table",
           relpages * block_bytes as "sizeBytes",
           case when is_known then greatest(relpages - ceil(pages), 0) * block_bytes end as "bloatBytes",
           case when is_known then greatest(1 - pages / relpages, 0) end as "bloatRatio",
           case when is_known then least(unsure_pages / relpages, 1) end as "errorRatio",
           case when is_known and relpages * block_bytes >= 10 * 1024 ^ 2
             then greatest(1 - (pages + unsure_pages) / relpages, 0) when is_known then 0 end as "certainRatio",
           extract(epoch from greatest(last_analyze, last_autoanalyze))::float8 as "analyzedAt"
    from needed
    left join pg_stat_all_tables on relid = needed.oid
    cross join lateral (select hidden = 0 and reltuples >= 0 as is_known) as judged
    order by "bloatBytes" desc nulls first, needed.relname`,
  columns: {
    table: { label: "Table", unit: "text" },
    sizeBytes: {
      label: "Size",
      unit: "bytes",
      description: "Without TOAST and indexes, as of the last vacuum or analyze.",
    },
    bloatBytes: { label: "Bloat", unit: "bytes", description: "Estimated." },
    bloatRatio: { label: "Share", unit: "ratio", description: "Estimated." },
    errorRatio: {
      label: "Error",
      unit: "ratio",
      description: "By so much the share may be lower: padding between columns.",
    },
    certainRatio: {
      label: "Share at least",
      unit: "ratio",
      description: "Share less error; tables below 10 MiB are not judged.",
    },
    analyzedAt: {
      label: "Statistics from",
      unit: "instant",
      description: "What was deleted or loaded since is not seen.",
    },
  },
  key: ["table"],
  threshold: {
    column: "certainRatio",
    worseWhen: "above",
    warning: 0.4,
    critical: 0.7,
    source: "The console's own choice: room that the next writes fill again is no waste.",
  },
  finding: ({ table }) => `${table} takes far more room than its rows need, as estimated.`,
  everySeconds: 3600,
  history: { columns: ["sizeBytes", "bloatRatio"] },
  remedy: {
    text: "Measure it exactly first. Then cure the cause (who holds back vacuum, scale factors), and only then rewrite it.",
  },
  empty: "There is no table with rows.",
  source: "https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY",
});
