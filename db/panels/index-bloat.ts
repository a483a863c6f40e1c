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
               case when distinct_values < 0 then -distinct_values * greatest(heap.reltuples, 0) else distinct_values end
                 + case when null_fraction > 0 then 1 else 0 end
             end::float8 as distinct_keys
      from pg_index
      join pg_class on pg_class.oid = indexrelid
      join pg_class as heap on heap.oid = indrelid
      join pg_attribute on attrelid = indexrelid
      left join statistic on statistic.relation = case when indkey[attnum - 1] = 0 then indexrelid else indrelid end
        and attribute = case when indkey[attnum - 1] = 0 then attnum else indkey[attnum - 1] end
      where pg_class.relkind = 'i' and pg_class.relam = (select oid from pg_am where amname = 'btree')
        and pg_class.relpages > 1 and pg_class.${isUserRelation}
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
             greatest(fewest_keys, 1) as fewest_keys, greatest(most_keys, 1) as most_keys,
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
      select *, usable_pages(plain_bytes) as plain_pages, usable_pages(least_bytes) as merged_pages,
             usable_pages(reltuples * unsure_bytes) as unsure_pages
      from sized
    )
    select 1`,
  columns: {},
  key: ["index"],
  remedy: { text: "" },
  empty: "",
  source: "https://www.postgresql.org/docs/current/btree.html",
});
