import { sql } from "drizzle-orm";

import type { ServerProfile } from "./server-profile";

/**
 * A CTE `statistic (relation, attribute, null_fraction, bytes, distinct_values)` of all columns whose statistics the
 * login may see. Those of tables whose row security applies to it come from ops_column_widths().
 */
export function columnStatistics({ readsColumnWidths }: ServerProfile) {
  const hidden = sql`
    union
    select relation, attribute, null_fraction, average_bytes, distinct_values from public.ops_column_widths()`;
  return sql`
    statistic as materialized (
      select pg_class.oid as relation, attnum as attribute, null_frac as null_fraction, avg_width as bytes,
             n_distinct as distinct_values
      from pg_stats
      join pg_namespace on nspname = schemaname
      join pg_class on relnamespace = pg_namespace.oid and relname = tablename
      join pg_attribute on attrelid = pg_class.oid and pg_attribute.attname = pg_stats.attname
      where not inherited and nspname not in ('pg_catalog', 'information_schema')
      ${readsColumnWidths ? hidden : sql``}
    )`;
}

/**
 * CTEs that lay the values of a CTE `part (relation, place, parts, length, alignment, null_fraction, bytes)` one behind
 * the other as PostgreSQL does. The result `laid (relation, bytes, unsure_bytes, is_exact)` is the mean room of the
 * values in a row, rounded up to 8 bytes, and by how much it may differ.
 *
 * `residue` is where the next value begins, modulo `modulus`: 8 as long as all before it have one length and are never
 * null, 1 behind a value of varying length. What is not known counts as its mean, and half its range as unsure. A value
 * of varying length below 128 bytes is not aligned; the server keeps its mean width without the fraction.
 */
export const laidRows = sql`
    walk as (
      select relation, 0 as place, 0::float8 as bytes, 0::float8 as unsure_bytes, 0 as residue, 8 as modulus, true as is_exact
      from part where place = 1
      union all
      select walk.relation, part.place,
             walk.bytes + (1 - null_fraction) * (padding + part.bytes + lost_fraction),
             walk.unsure_bytes + (1 - null_fraction) * (unsure_padding + lost_fraction),
             case when null_fraction = 1 then residue when is_varying then 0 else next_residue end,
             case
               when null_fraction = 1 then modulus
               when is_varying then 1
               when null_fraction = 0 then greatest(modulus, aligned)
               else (select max(common) from unnest(array[1, 2, 4, 8]) as common
                     where common <= modulus and (next_residue - residue) % common = 0)
             end,
             walk.is_exact and not is_varying and null_fraction in (0, 1)
      from walk
      join part on part.relation = walk.relation and part.place = walk.place + 1
      cross join lateral (
        select length < 0 as is_varying, case when length < 0 and part.bytes < 128 then 1 else alignment end as aligned,
               case when length < 0 then 0.5 else 0 end::float8 as lost_fraction
      ) as kind
      cross join lateral (
        select (least(aligned, modulus) - residue % least(aligned, modulus)) % least(aligned, modulus)
                 + greatest(aligned - modulus, 0) / 2.0::float8 as padding,
               greatest(aligned - modulus, 0) / 2.0::float8 as unsure_padding
      ) as gap
      cross join lateral (
        select (case when modulus >= aligned then residue + padding::integer else 0 end + greatest(length, 0)) % 8 as next_residue
      ) as after
    ),
    laid as (
      select walk.relation,
             walk.bytes + (modulus - residue % modulus) % modulus + (8 - modulus) / 2.0::float8 as bytes,
             walk.unsure_bytes + (8 - modulus) / 2.0::float8 as unsure_bytes, is_exact
      from walk
      join part on part.relation = walk.relation and part.place = 1
      where walk.place = part.parts
    )`;
