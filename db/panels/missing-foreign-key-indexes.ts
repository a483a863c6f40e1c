import { sql } from "drizzle-orm";

import { isUserRelation, lockedRelations } from "../database/catalog-fragments";
import { definePanel } from "../panel";
import { indexName } from "../rules/database/index-candidates";
import { quoteName, splitNames } from "../rules/database/sql-names";

/**
 * Supported: a valid btree whose first key columns, as a set, are the foreign key's, whole or where they are not null; for
 * one column a hash index too. A partitioned table is judged as a whole.
 */
export const missingForeignKeyIndexes = definePanel({
  id: "missing-foreign-key-indexes",
  group: "indexes",
  title: "Foreign keys without an index",
  question: "Where does a delete read the whole referencing table?",
  requires: {},
  sql: () => sql`
    with ${lockedRelations},
    reference as materialized (
      select pg_constraint.oid, conname, conrelid, confrelid, conkey, relname, relkind, reltuples,
             array(
               select quote_ident(attname) from unnest(conkey) with ordinality as part (number, place)
               join pg_attribute on attrelid = conrelid and attnum = part.number order by place
             ) as names
      from pg_constraint
      join pg_class on pg_class.oid = conrelid
      where contype = 'f' and conparentid = 0 and not relispartition and ${isUserRelation}
    )
    select conname as "constraint", conrelid::regclass::text as "table", confrelid::regclass::text as "references",
           array_to_string(names, ', ') as "columns",
           family.tuples as "rows",
           family.pages * current_setting('block_size')::float8 as "tableBytes",
           pg_stat_get_tuples_deleted(confrelid)::float8 as "deletes",
           relkind = 'p' as "isPartitioned"
    from reference
    cross join lateral (
      with recursive member as (
        select conrelid as oid
        union all
        select inhrelid from member join pg_inherits on inhparent = member.oid where relkind = 'p'
      )
      select sum(pg_class.relpages)::float8 as pages, sum(greatest(pg_class.reltuples, 0))::float8 as tuples
      from member join pg_class using (oid)
    ) as family
    where not exists (
      select from pg_index
      join pg_class as index_class on index_class.oid = indexrelid
      join pg_am on pg_am.oid = index_class.relam
      where indrelid = conrelid and indisvalid
        and (amname = 'btree' or amname = 'hash' and cardinality(conkey) = 1)
        and indnkeyatts >= cardinality(conkey)
        and (string_to_array(indkey::text, ' ')::smallint[])[1:cardinality(conkey)] @> conkey
        and (
          indpred is null
          or exists (select from locked where locked.oid in (conrelid, indexrelid)) -- its predicate cannot be read
          or string_to_array(translate(pg_get_expr(indpred, indrelid), '()', ''), ' AND ')
            <@ array(select name || ' IS NOT NULL' from unnest(names) as name)
        )
    )
    order by "tableBytes" desc, conname`,
  columns: {
    constraint: { label: "Foreign key", unit: "text" },
    table: { label: "Table", unit: "text" },
    references: { label: "References", unit: "text" },
    columns: { label: "Columns", unit: "text" },
    rows: { label: "Rows", unit: "count", description: "As of the last vacuum or analyze." },
    tableBytes: { label: "Table size", unit: "bytes", description: "As of the last vacuum or analyze." },
    deletes: { label: "Deletes there", unit: "count", description: "On the other side, since the statistics began." },
    isPartitioned: { label: "Partitioned", unit: "boolean", description: "Size and rows are those of its partitions." },
  },
  key: ["table", "constraint"],
  threshold: {
    column: "tableBytes",
    worseWhen: "above",
    warning: 8 * 1024 ** 2,
    critical: null,
    source: "The console's own choice: a table below 8 MiB is read whole in milliseconds.",
  },
  finding: ({ table, columns, references }) =>
    `${table} (${columns}) references ${references} without an index: each delete there reads the whole table.`,
  everySeconds: 600,
  remedy: {
    text: "Build the index concurrently.",
    operation: ({ table, columns, isPartitioned }) =>
      isPartitioned
        ? null
        : {
            operation: "create-index-concurrently",
            fields: {
              table: splitNames(`${table}`, ".").join("."),
              columns: splitNames(`${columns}`, ",").join(", "),
            },
          },
    statement: ({ table, columns, isPartitioned }) => {
      if (isPartitioned) return null; // cannot be built concurrently as a whole
      const path = splitNames(`${table}`, ".");
      const keys = splitNames(`${columns}`, ",").map((name) => ({ name, direction: "" }));
      const name = quoteName(indexName(path.at(-1) as string, keys));
      const schema = path.length > 1 ? `${quoteName(path[0] as string)}.` : "";
      return {
        up: `create index concurrently ${name} on ${table} (${columns});`,
        down: `drop index concurrently ${schema}${name};`,
      };
    },
  },
  empty: "Every foreign key has an index on its own side.",
  source: "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK",
});
