import { sql } from "drizzle-orm";

import type { Database } from "../../connections";
import type { CatalogFacts, RelationFacts } from "./catalog-facts";

/**
 * What the catalog knows of the named relations, and of those that foreign keys, partitions and indexes tie to them:
 * one query. Waits for no lock: a table that somebody holds in ACCESS EXCLUSIVE has no size. Any role may read it.
 */
export async function readCatalogFacts(db: Database, names: readonly string[]): Promise<CatalogFacts> {
  const [server] = await db.execute<{ serverMajor: number; constrainedDomains: string[] }>(sql`
    select current_setting('server_version_num')::integer / 10000 as "serverMajor",
           array(select distinct typname::text from pg_type join pg_constraint on contypid = pg_type.oid) as "constrainedDomains"`);
  const rows =
    names.length === 0 ? [] : await db.execute<RelationFacts & Record<string, unknown>>(relationQuery(names));
  return {
    isRead: true,
    serverMajor: server?.serverMajor ?? 15,
    relations: new Map(rows.map((row) => [row.name, row])),
    constrainedDomains: new Set(server?.constrainedDomains ?? []),
  };
}

function relationQuery(names: readonly string[]) {
  return sql`
    with recursive named as (
      select def.oid
      from pg_class as def
      join pg_namespace on pg_namespace.oid = relnamespace
      where nspname || '.' || relname in (${sql.join(
        names.map((name) => sql`${name}`),
        sql`, `,
      )})
    ), tables as (
      select coalesce(indrelid, named.oid) as oid from named left join pg_index on indexrelid = named.oid
    ), tied as (
      select oid from tables
      union select confrelid from pg_constraint where conrelid in (select oid from tables) and contype = 'f'
      union select conrelid from pg_constraint where confrelid in (select oid from tables) and contype = 'f'
      union select inhparent from pg_inherits where inhrelid in (select oid from tables)
    ), family as (
      select oid from tied
      union select inhrelid from pg_inherits join family on inhparent = family.oid
    ), wanted as (
      select oid from family union select oid from named
    )
    select def.oid::bigint::float8 as oid, ${qualified(sql`def.oid`)} as name,
           case relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'm' then 'materialized view'
             when 'v' then 'view' when 'i' then 'index' when 'I' then 'index' when 'S' then 'sequence' else 'other' end as kind,
           (select ${qualified(sql`indrelid`)} from pg_index where indexrelid = def.oid) as "tableOfIndex",
           case when relkind in ('v', 'i', 'I', 'S') then null
             else (
               select sum(pg_total_relation_size(relid))::float8
               from (select def.oid as relid union select relid from pg_partition_tree(def.oid)) as parts
               where not exists (
                 select from pg_locks
                 where relation in (def.oid, relid) and mode = 'AccessExclusiveLock'
                   and database = (select oid from pg_database where datname = current_database())
               )
             ) end as "sizeBytes",
           case when relkind = 'p' then (
             select sum(greatest(leaf.reltuples, 0))::float8 from pg_partition_tree(def.oid)
             join pg_class as leaf on leaf.oid = relid where isleaf
           ) when reltuples >= 0 then reltuples::float8 end as rows,
           coalesce((
             select jsonb_object_agg(attname, jsonb_build_object('type', format_type(atttypid, atttypmod), 'isNotNull', attnotnull))
             from pg_attribute where attrelid = def.oid and attnum > 0 and not attisdropped
           ), '{}') as columns,
           coalesce((
             select jsonb_agg(jsonb_build_object(
               'name', conname,
               'kind', case contype when 'c' then 'check' when 'f' then 'foreign key' when 'n' then 'not null'
                 when 'u' then 'unique' when 'p' then 'primary key' when 'x' then 'exclusion' else 'other' end,
               'isValid', convalidated,
               'columns', coalesce((select jsonb_agg(attname) from pg_attribute where attrelid = conrelid and attnum = any(conkey)), '[]'),
               'references', case when confrelid <> 0 then ${qualified(sql`confrelid`)} end,
               'definition', pg_get_constraintdef(pg_constraint.oid)
             )) from pg_constraint where conrelid = def.oid
           ), '[]') as constraints,
           array(select ${qualified(sql`conrelid`)} from pg_constraint
                 where confrelid = def.oid and contype = 'f' and conrelid <> def.oid) as children,
           array(select ${qualified(sql`inhrelid`)} from pg_inherits where inhparent = def.oid) as partitions,
           (select ${qualified(sql`inhparent`)} from pg_inherits where inhrelid = def.oid and relispartition limit 1) as "partitionOf",
           (select ${qualified(sql`partdefid`)} from pg_partitioned_table where partrelid = def.oid and partdefid <> 0) as "defaultPartition"
    from wanted
    join pg_class as def on def.oid = wanted.oid`;
}

/** schema.name without quotes, of an oid. */
function qualified(oid: ReturnType<typeof sql>) {
  return sql`(select nspname || '.' || relname from pg_class as named_one join pg_namespace on pg_namespace.oid = named_one.relnamespace where named_one.oid = ${oid})`;
}
