import { sql } from "drizzle-orm";

import { isUserRelation } from "../database/catalog-fragments";
import { definePanel } from "../panel";

/** Supported: a valid btree whose first key columns, as a set, are the foreign key's, whole or only "is not null". */
export const missingForeignKeyIndexes = definePanel({
  id: "missing-foreign-key-indexes",
  group: "indexes",
  title: "Foreign keys without an index",
  question: "Where does a delete read the whole referencing table?",
  requires: {},
  sql: () => sql`
    select conname as "constraint", conrelid::regclass::text as "table", confrelid::regclass::text as "references",
           (
             select string_agg(quote_ident(attname), ', ' order by place)
             from unnest(conkey) with ordinality as part (number, place)
             join pg_attribute on attrelid = conrelid and attnum = part.number
           ) as "columns",
           reltuples::float8 as "rows",
           relpages * current_setting('block_size')::float8 as "tableBytes",
           coalesce(parent.n_tup_del, 0)::float8 as "deletes"
    from pg_constraint
    join pg_class on pg_class.oid = conrelid
    left join pg_stat_all_tables as parent on parent.relid = confrelid
    where contype = 'f' and ${isUserRelation} and not relispartition
      and not exists (
        select from pg_index
        join pg_class as index_class on index_class.oid = indexrelid
        join pg_am on pg_am.oid = index_class.relam
        where indrelid = conrelid and indisvalid and amname = 'btree'
          and indnkeyatts >= cardinality(conkey)
          and (string_to_array(indkey::text, ' ')::smallint[])[1:cardinality(conkey)] @> conkey
          and (
            indpred is null
            or pg_get_expr(indpred, indrelid) = (
              select '(' || string_agg(quote_ident(attname) || ' IS NOT NULL', ') AND (' order by place) || ')'
              from unnest(conkey) with ordinality as part (number, place)
              join pg_attribute on attrelid = conrelid and attnum = part.number
            )
          )
      )
    order by relpages desc, conname`,
  columns: {
    constraint: { label: "Foreign key", unit: "text" },
    table: { label: "Table", unit: "text" },
    references: { label: "References", unit: "text" },
    columns: { label: "Columns", unit: "text" },
    rows: { label: "Rows", unit: "count", description: "As of the last vacuum or analyze; below zero: never counted." },
    tableBytes: { label: "Table size", unit: "bytes", description: "As of the last vacuum or analyze." },
    deletes: { label: "Deletes on the other side", unit: "count", description: "Since the statistics began." },
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
    statement: ({ table, columns }) => {
      const bare = `${table}`.split(".").at(-1)?.replaceAll('"', "");
      const name = `${bare}_${`${columns}`.replaceAll(/[",]/g, "").replaceAll(" ", "_")}_idx`;
      return {
        up: `create index concurrently ${name} on ${table} (${columns});`,
        down: `drop index concurrently ${name};`,
      };
    },
  },
  empty: "Every foreign key has an index on its own side.",
  source: "https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK",
});
