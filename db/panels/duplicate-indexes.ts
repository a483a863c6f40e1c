import { sql } from "drizzle-orm";

import { isUserRelation, lockedRelations } from "../database/catalog-fragments";
import { definePanel } from "../panel";

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
      select indexrelid, indrelid, indisunique, indisexclusion, indnkeyatts, relam, amname, relname, relpages,
             relnamespace::regnamespace || '.' || relname as name,
             (string_to_array(indkey::text, ' ')::smallint[])[1:indnkeyatts] as keys,
             (string_to_array(indkey::text, ' ')::smallint[])[indnkeyatts + 1:] as included,
             string_to_array(indclass::text, ' ') as classes,
             string_to_array(indcollation::text, ' ') as collations,
             string_to_array(indoption::text, ' ') as orders,
             coalesce(indexprs::text, '') as expressions, coalesce(indpred::text, '') as predicate,
             exists (select from pg_constraint where conindid = indexrelid) or indisreplident as is_bound
      from pg_index
      join pg_class on pg_class.oid = indexrelid
      join pg_am on pg_am.oid = relam
      where ${isUserRelation} and indisvalid and relkind = 'i'
    )
    select superfluous.name as "index", superfluous.indrelid::regclass::text as "table", kept.name as "coveredBy",
           case when superfluous.keys = kept.keys then 'duplicate' else 'redundant' end as "kind",
           case when exists (select from locked where locked.oid = superfluous.indexrelid)
             then superfluous.relpages * current_setting('block_size')::float8
             else pg_relation_size(superfluous.indexrelid)::float8 end as "sizeBytes",
           case when (select count(*) from locked where oid in (superfluous.indexrelid, superfluous.indrelid)) = 0
             then pg_get_indexdef(superfluous.indexrelid) end as "definition"
    from candidate as superfluous
    cross join lateral (
      select kept.* from candidate as kept
      where kept.indrelid = superfluous.indrelid and kept.indexrelid <> superfluous.indexrelid
        and kept.relam = superfluous.relam and kept.predicate = superfluous.predicate
        and kept.expressions = superfluous.expressions
        and kept.keys[1:superfluous.indnkeyatts] = superfluous.keys
        and kept.classes[1:superfluous.indnkeyatts] = superfluous.classes
        and kept.collations[1:superfluous.indnkeyatts] = superfluous.collations
        and kept.orders[1:superfluous.indnkeyatts] = superfluous.orders
        and (
          kept.keys = superfluous.keys and kept.included @> superfluous.included
            and (kept.is_bound, kept.indisunique, kept.included <> superfluous.included, -kept.indexrelid::bigint)
              > (superfluous.is_bound, superfluous.indisunique, false, -superfluous.indexrelid::bigint)
          or superfluous.amname = 'btree' and superfluous.expressions = '' and cardinality(kept.keys) > superfluous.indnkeyatts
            and (kept.keys || kept.included) @> superfluous.included
        )
      order by kept.is_bound desc, kept.indexrelid limit 1
    ) as kept
    where not superfluous.is_bound and not superfluous.indisunique and not superfluous.indisexclusion
    order by "sizeBytes" desc, superfluous.relname`,
  columns: {
    index: { label: "Index", unit: "text" },
    table: { label: "Table", unit: "text" },
    coveredBy: { label: "Covered by", unit: "text" },
    kind: { label: "Kind", unit: "text", description: "Redundant: its keys begin those of the other." },
    sizeBytes: { label: "Size", unit: "bytes" },
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
    statement: ({ index, definition }) => ({
      up: `drop index concurrently ${index};`,
      down: definition ? `${String(definition).replace(/^CREATE INDEX /, "create index concurrently ")};` : null,
    }),
  },
  empty: "No index is covered by another.",
  source: "https://www.postgresql.org/docs/current/catalog-pg-index.html",
});
