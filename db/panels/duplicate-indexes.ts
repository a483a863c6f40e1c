import { sql } from "drizzle-orm";

import { isUserRelation, lockedRelations } from "../database/catalog-fragments";
import { definePanel } from "../panel";

/** What a stored expression keeps of how it was written. */
const asWritten = ":(location|funcformat|relabelformat|coerceformat|convertformat) -?[0-9]+";

/**
 * Duplicate: the same method, keys, operator classes, collations, orders, expressions, predicate and included columns.
 * Redundant: a btree whose keys begin another btree of the same predicate. One that enforces something is never listed.
 */
export const duplicateIndexes = definePanel({
  id: "duplicate-indexes",
  group: "indexes",
  title: "Duplicate and redundant indexes",
  question: "Which index does nothing that another one does not do?",
  requires: {},
  sql: () => sql`
    with ${lockedRelations},
    candidate as materialized (
      select indexrelid, indrelid, indisunique, indnkeyatts, relam, amname = 'btree' as is_btree, relname, relpages, relkind,
             relispartition, relnamespace::regnamespace || '.' || quote_ident(relname) as name,
             (string_to_array(indkey::text, ' ')::smallint[])[1:indnkeyatts] as keys,
             (string_to_array(indkey::text, ' ')::smallint[])[indnkeyatts + 1:] as included,
             string_to_array(indclass::text, ' ') as classes,
             string_to_array(indcollation::text, ' ') as collations,
             string_to_array(indoption::text, ' ') as orders,
             coalesce(regexp_replace(indexprs::text, ${asWritten}, '', 'g'), '') as expressions,
             coalesce(regexp_replace(indpred::text, ${asWritten}, '', 'g'), '') as predicate,
             indisunique or indisexclusion or indisreplident or indisclustered
               or exists (select from pg_constraint where conindid = indexrelid) as is_bound
      from pg_index
      join pg_class on pg_class.oid = indexrelid
      join pg_am on pg_am.oid = relam
      where ${isUserRelation} and indisvalid and relkind in ('i', 'I')
    ),
    pair as (
      select distinct on (superfluous.indexrelid) superfluous.*, kept.name as kept_name,
             case when superfluous.keys = kept.keys then 'duplicate' else 'redundant' end as kind
      from candidate as superfluous
      join candidate as kept using (indrelid, relam, predicate, expressions)
      where kept.indexrelid <> superfluous.indexrelid
        and not superfluous.is_bound and not superfluous.relispartition
        and kept.keys[1:superfluous.indnkeyatts] = superfluous.keys
        and kept.classes[1:superfluous.indnkeyatts] = superfluous.classes
        and kept.collations[1:superfluous.indnkeyatts] = superfluous.collations
        and kept.orders[1:superfluous.indnkeyatts] = superfluous.orders
        and (
          kept.keys = superfluous.keys and kept.included @> superfluous.included
            and (kept.is_bound, kept.included <> superfluous.included, -kept.indexrelid::bigint)
              > (false, false, -superfluous.indexrelid::bigint)
          or superfluous.is_btree and superfluous.expressions = '' and cardinality(kept.keys) > superfluous.indnkeyatts
            and (kept.keys || kept.included) @> superfluous.included
        )
      order by superfluous.indexrelid, kept.is_bound desc, kept.indexrelid
    )
    select name as "index", indrelid::regclass::text as "table", kept_name as "coveredBy", kind as "kind",
           case
             when relkind = 'I' then family.pages * current_setting('block_size')::float8
             when is_locked then relpages * current_setting('block_size')::float8
             else pg_relation_size(indexrelid)::float8
           end as "sizeBytes",
           relkind = 'I' as "isPartitioned",
           case when not is_locked then pg_get_indexdef(indexrelid) end as "definition"
    from pair
    cross join lateral (select exists (select from locked where locked.oid in (indexrelid, indrelid)) as is_locked) as state
    cross join lateral (
      with recursive member as (
        select pair.indexrelid as oid
        union all
        select inhrelid from member join pg_inherits on inhparent = member.oid
      )
      select sum(pg_class.relpages) as pages from member join pg_class using (oid)
    ) as family
    order by "sizeBytes" desc, relname`,
  columns: {
    index: { label: "Index", unit: "text" },
    table: { label: "Table", unit: "text" },
    coveredBy: { label: "Covered by", unit: "text" },
    kind: { label: "Kind", unit: "text", description: "Redundant: its keys begin those of the other." },
    sizeBytes: { label: "Size", unit: "bytes" },
    isPartitioned: { label: "Partitioned", unit: "boolean", description: "Its size is that of its partitions." },
    definition: { label: "Definition", unit: "sql", description: "Unknown while the table is locked." },
  },
  key: ["index"],
  threshold: {
    column: "sizeBytes",
    worseWhen: "above",
    warning: 1024 ** 2,
    critical: null,
    source: "The console's own choice: below 1 MiB an index is not worth a change.",
  },
  finding: ({ index, coveredBy, kind }) => `The index ${index} is ${kind}: ${coveredBy} does all it does.`,
  everySeconds: 600,
  remedy: {
    text: "Drop it concurrently.",
    operation: ({ index, isPartitioned }) =>
      isPartitioned ? null : { operation: "drop-index-concurrently", fields: { index: `${index}` } },
    statement: ({ index, definition, isPartitioned }) => {
      const concurrently = isPartitioned ? "" : " concurrently";
      return {
        up: `drop index${concurrently} ${index};`,
        down: definition
          ? `${String(definition)
              .replace(/^CREATE INDEX /, `create index${concurrently} `)
              .replace(" ON ONLY ", " ON ")};`
          : null,
      };
    },
  },
  empty: "No index is covered by another.",
  source: "https://www.postgresql.org/docs/current/catalog-pg-index.html",
});
