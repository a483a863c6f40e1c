import { sql } from "drizzle-orm";

import { isUserRelation } from "../database/catalog-fragments";
import { columnStatistics, laidRows } from "../database/row-width";
import { definePanel } from "../panel";

/**
 * Estimated: how many pages the rows would fill, laid out value by value, against relpages. The error holds what the
 * statistics do not say: padding behind values of varying length, how many rows have a null, the rest of a page, rows
 * changed since the last analyze, columns that were dropped or added with a default. Unknown where a column hides from
 * the login or was never analyzed.
 */
export const tableBloat = definePanel({
  id: "table-bloat",
  group: "bloat",
  title: "Table bloat",
  question: "Which tables take more room than their rows need?",
  requires: {},
  sql: (server) => sql`
    with recursive ${columnStatistics(server)},
    part as materialized (
      select attrelid as relation, (row_number() over by_number)::integer as place, count(*) over (partition by attrelid) as parts,
             attlen as length, case attalign when 'c' then 1 when 's' then 2 when 'i' then 4 else 8 end as alignment,
             coalesce(null_fraction, 0)::float8 as null_fraction, coalesce(bytes, 0) as bytes, attnum, atthasmissing,
             null_fraction is null as is_hidden
      from pg_attribute
      join pg_class on pg_class.oid = attrelid
      left join statistic on statistic.relation = attrelid and attribute = attnum
      where attnum > 0 and not attisdropped and relkind in ('r', 'm') and relpages > 0 and ${isUserRelation}
      window by_number as (partition by attrelid order by attnum)
    ),
    ${laidRows},
    shape as (
      select relation, bool_or(is_hidden) as is_hidden, least(sum(null_fraction), 1) as most_nulls,
             max(null_fraction) as least_nulls, 1 - exp(sum(ln(greatest(1 - null_fraction, 1e-9)))) as nulls,
             coalesce(sum(bytes + 8) filter (where atthasmissing), 0) as added_bytes
      from part group by relation
    ),
    dropped as (
      select attrelid as relation, sum(case when attlen > 0 then attlen + 8 else 8192 end) as bytes
      from pg_attribute where attisdropped and attnum > 0 group by attrelid
    ),
    sized as (
      select pg_class.oid, relnamespace, relname, relpages, reltuples, is_exact, reltuples = 0 or reltuples > 0 and not is_hidden as is_known,
             current_setting('block_size')::float8 as block_bytes,
             28 + nulls * bitmap + laid.bytes as row_bytes,
             laid.unsure_bytes + (most_nulls - least_nulls) * bitmap + added_bytes + coalesce(dropped.bytes, 0) as unsure_bytes,
             changed.tuples as changed_tuples,
             coalesce((select option_value::float8 from pg_options_to_table(reloptions) where option_name = 'fillfactor'), 100)
               / 100 as fill
      from pg_class
      join shape on shape.relation = pg_class.oid
      join laid on laid.relation = pg_class.oid
      left join dropped on dropped.relation = pg_class.oid
      cross join lateral (select ceil((23 + ceil(relnatts / 8.0)) / 8) * 8 - 24 as bitmap) as header
      cross join lateral (select pg_stat_get_mod_since_analyze(pg_class.oid)::float8 as tuples) as changed
    ),
    needed as (
      select *, reltuples / case when is_exact then floor(usable / row_bytes) else usable / row_bytes - 0.5 end as pages,
             (reltuples * unsure_bytes + case when is_exact then 0 else reltuples * row_bytes ^ 2 / usable / 2 end) / usable
               as unsure_pages
      from sized
      cross join lateral (select greatest(block_bytes * fill - 24, row_bytes) as usable) as page
    ),
    judged as (
      select *, least((unsure_pages + changed_pages + sampled_ratio * pages + 1) / relpages, 1) as error
      from needed
      cross join lateral (
        select case when changed_tuples = 0 then 0 when reltuples = 0 then relpages else changed_tuples / reltuples * pages end
          as changed_pages
      ) as since
      cross join lateral (select case when reltuples > 30000 then 0.02 else 0 end as sampled_ratio) as sample
    )
    select relnamespace::regnamespace || '.' || quote_ident(relname) as "table",
           relpages * block_bytes as "sizeBytes",
           case when is_known then greatest(relpages - pages, 0) * block_bytes end as "bloatBytes",
           case when is_known then greatest(1 - pages / relpages, 0) end as "bloatRatio",
           case when is_known then error end as "errorRatio",
           case when is_known and relpages * block_bytes >= 10 * 1024 ^ 2
             then greatest(1 - pages / relpages - error, 0) when is_known then 0 end as "certainRatio",
           extract(epoch from greatest(pg_stat_get_last_analyze_time(oid), pg_stat_get_last_autoanalyze_time(oid)))::float8
             as "analyzedAt"
    from judged
    order by "bloatBytes" desc nulls first, relname`,
  columns: {
    table: { label: "Table", unit: "text" },
    sizeBytes: {
      label: "Size",
      unit: "bytes",
      description: "Without TOAST and indexes, as of the last vacuum or analyze.",
    },
    bloatBytes: {
      label: "Bloat",
      unit: "bytes",
      description: "Estimated. Unknown where the login may not see the statistics, or there are none.",
    },
    bloatRatio: { label: "Share", unit: "ratio", description: "Estimated." },
    errorRatio: { label: "Error", unit: "ratio", description: "By so much the share may be lower or higher." },
    certainRatio: {
      label: "Share at least",
      unit: "ratio",
      description: "Share less error; tables below 10 MiB are not judged.",
    },
    analyzedAt: { label: "Statistics from", unit: "instant", description: "What changed since widens the error." },
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
    measure: "measure-bloat",
    text: "Measure it exactly first. Then cure the cause (who holds back vacuum, scale factors), and only then rewrite it.",
  },
  empty: "There is no table with rows.",
  source: "https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY",
});
