import { sql } from "drizzle-orm";

import { isUserRelation } from "../database/catalog-fragments";
import { columnStatistics, laidRows } from "../database/row-width";
import { definePanel } from "../panel";

/**
 * Estimated for btrees: how many pages a fresh index of the same entries would fill, at its fillfactor, against relpages.
 * Equal keys of an index that is not unique share one posting list of up to 812 bytes; how many keys are equal is known
 * for single columns only, and how far the server got in merging them not at all, so where keys repeat the error reaches
 * from all merged to none.
 */
export const indexBloat = definePanel({
  id: "index-bloat",
  group: "bloat",
  title: "Index bloat",
  question: "Which btree indexes take more room than their entries need?",
  requires: {},
  sql: (server) => sql`
    with recursive ${columnStatistics(server)},
    part as materialized (
      select indexrelid as relation, attnum::integer as place, indnatts::integer as parts, attlen as length,
             case attalign when 'c' then 1 when 's' then 2 when 'i' then 4 else 8 end as alignment,
             coalesce(null_fraction, 0)::float8 as null_fraction, coalesce(bytes, 0) as bytes,
             null_fraction is null or attlen = -2 as is_hidden,
             case when attnum <= indnkeyatts then
               case when distinct_values < 0 then -distinct_values * heap.reltuples else distinct_values end
                 + case when null_fraction > 0 then 1 else 0 end
             end::float8 as distinct_keys
      from pg_index
      join pg_class on pg_class.oid = indexrelid
      cross join lateral (select greatest(reltuples, 0) as reltuples from pg_class where oid = indrelid) as heap
      join pg_attribute on attrelid = indexrelid
      left join statistic on statistic.relation = case when indkey[attnum - 1] = 0 then indexrelid else indrelid end
        and attribute = case when indkey[attnum - 1] = 0 then attnum else indkey[attnum - 1] end
      where relkind = 'i' and relam = (select oid from pg_am where amname = 'btree')
        and relpages > 1 and ${isUserRelation}
    ),
    ${laidRows},
    shape as (
      select relation, bool_or(is_hidden) as is_hidden, least(sum(null_fraction), 1) as most_nulls,
             max(null_fraction) as least_nulls, 1 - exp(sum(ln(greatest(1 - null_fraction, 1e-9)))) as nulls,
             max(distinct_keys) as fewest_keys, least(exp(sum(ln(greatest(distinct_keys, 1)))), 1e15) as most_keys
      from part group by relation
    ),
    sized as (
      select pg_class.oid, pg_class.relnamespace, pg_class.relname, indrelid, pg_class.relpages, pg_class.reltuples,
             not is_hidden and pg_class.reltuples >= 0 as is_known, is_exact,
             not indisunique and indnatts = indnkeyatts and coalesce(setting.deduplicates, true) as merges,
             current_setting('block_size')::float8 as block_bytes, coalesce(setting.fill, 90) / 100 as fill,
             12 + 8 * nulls + laid.bytes as entry_bytes,
             laid.unsure_bytes + 8 * (most_nulls - least_nulls) as unsure_bytes,
             case when indpred is null then greatest(fewest_keys, 1) else 1 end as fewest_keys, greatest(most_keys, 1) as most_keys,
             pg_stat_get_mod_since_analyze(indrelid)::float8 as changed_tuples
      from pg_class
      join pg_index on indexrelid = pg_class.oid
      join shape on shape.relation = pg_class.oid
      join laid on laid.relation = pg_class.oid
      cross join lateral (
        select max(option_value) filter (where option_name = 'fillfactor')::float8 as fill,
               max(option_value) filter (where option_name = 'deduplicate_items')::boolean as deduplicates
        from pg_options_to_table(pg_class.reloptions)
      ) as setting
    ),
    needed as (
      select *, greatest((leaf_bytes - case when merges then 406 else 0 end), entry_bytes) as leaf_usable
      from sized
      cross join lateral (select block_bytes * fill - 40 as leaf_bytes) as leaf
    ),
    filled as (
      select *, room.plain * scale + 1 as plain_pages,
             case when merges then least(room.plain, room.merged) else room.plain end * scale + 1 as pages,
             case when merges then least(room.plain, room.most_merged) else room.plain end * scale + 1 as least_pages,
             (reltuples * unsure_bytes / leaf_usable) * scale as unsure_pages
      from needed
      cross join lateral (
        select reltuples * entry_bytes / case when is_exact then floor(leaf_bytes / entry_bytes) * entry_bytes
                                              else leaf_bytes - entry_bytes / 2 end as plain,
               (greatest(most_keys, reltuples / 120) * entry_bytes + 6 * reltuples) / leaf_usable as merged,
               (greatest(fewest_keys, reltuples / 120) * entry_bytes + 6 * reltuples) / leaf_usable as most_merged,
               1 + entry_bytes / (block_bytes * 0.7) as scale
      ) as room
    ),
    judged as (
      select *, least((greatest(plain_pages - pages, pages - least_pages) + unsure_pages + changed_pages
                       + case when reltuples > 30000 then 0.02 else 0 end * pages + 2) / relpages, 1) as error
      from filled
      cross join lateral (
        select case when changed_tuples = 0 then 0 when reltuples = 0 then relpages else changed_tuples / reltuples * pages end
          as changed_pages
      ) as since
    )
    select relnamespace::regnamespace || '.' || quote_ident(relname) as "index", indrelid::regclass::text as "table",
           relpages * block_bytes as "sizeBytes",
           case when is_known then greatest(relpages - pages, 0) * block_bytes end as "bloatBytes",
           case when is_known then greatest(1 - pages / relpages, 0) end as "bloatRatio",
           case when is_known then error end as "errorRatio",
           case when is_known and relpages * block_bytes >= 10 * 1024 ^ 2
             then greatest(1 - pages / relpages - error, 0) when is_known then 0 end as "certainRatio",
           merges and pages < 0.9 * plain_pages as "mergesEqualKeys",
           extract(epoch from greatest(pg_stat_get_last_analyze_time(indrelid), pg_stat_get_last_autoanalyze_time(indrelid)))::float8
             as "analyzedAt"
    from judged
    order by "bloatBytes" desc nulls first, relname`,
  columns: {
    index: { label: "Index", unit: "text" },
    table: { label: "Table", unit: "text" },
    sizeBytes: { label: "Size", unit: "bytes", description: "As of the last vacuum or analyze." },
    bloatBytes: {
      label: "Bloat",
      unit: "bytes",
      description: "Estimated. Unknown where the login may not see the statistics, or there are none.",
    },
    bloatRatio: {
      label: "Share",
      unit: "ratio",
      description: "Estimated, beyond the room that the fillfactor leaves.",
    },
    errorRatio: {
      label: "Error",
      unit: "ratio",
      description: "By so much the share may be lower or higher. Large where equal keys are merged: measure exactly.",
    },
    certainRatio: {
      label: "Share at least",
      unit: "ratio",
      description: "Share less error; indexes below 10 MiB are not judged.",
    },
    mergesEqualKeys: { label: "Merges equal keys", unit: "boolean" },
    analyzedAt: { label: "Statistics from", unit: "instant", description: "What changed since widens the error." },
  },
  key: ["index"],
  threshold: {
    column: "certainRatio",
    worseWhen: "above",
    warning: 0.5,
    critical: 0.8,
    source: "The console's own choice: an index under random writes lives with a third of its room free.",
  },
  finding: ({ index, table }) =>
    `The index ${index} of ${table} takes far more room than its entries need, as estimated.`,
  everySeconds: 3600,
  history: { columns: ["sizeBytes", "bloatRatio"] },
  remedy: {
    measure: "measure-bloat",
    text: "Measure it exactly first, then build it anew concurrently.",
    operation: "reindex-index-concurrently",
    statement: ({ index }) => ({
      up: `reindex index concurrently ${index};`,
      down: "-- Nothing to take back: it is the same index, built anew.",
    }),
  },
  empty: "There is no btree index with entries.",
  source: "https://www.postgresql.org/docs/current/btree.html",
});
