import { sql } from "drizzle-orm";

import { isUserRelation, lockedRelations } from "../database/catalog-fragments";
import { definePanel } from "../panel";

export const invalidIndexes = definePanel({
  id: "invalid-indexes",
  group: "indexes",
  title: "Invalid indexes",
  question: "Which builds broke off and left an index that nobody can use?",
  requires: { privilege: "pg_read_all_stats" },
  sql: () => sql`
    with ${lockedRelations}
    select relnamespace::regnamespace || '.' || quote_ident(relname) as "index", indrelid::regclass::text as "table",
           indisready as "isWritten",
           case when exists (select from locked where locked.oid = indexrelid)
             then relpages * current_setting('block_size')::float8
             else pg_relation_size(indexrelid)::float8 end as "sizeBytes",
           case when relname ~ '_ccnew[0-9]*$' then 'a reindex broke off before the exchange'
                when relname ~ '_ccold[0-9]*$' then 'a reindex broke off after the exchange'
                else 'a concurrent build broke off' end as "origin",
           relispartition as "isPart", 1 as "leftover"
    from pg_index
    join pg_class on pg_class.oid = indexrelid
    join pg_database as this on datname = current_database()
    where ${isUserRelation} and not indisvalid and relkind = 'i'
      and not exists (select from pg_stat_progress_create_index where relid = indrelid) -- builds of that table under way
      and not exists (
        select from pg_locks
        where relation = indexrelid and mode = 'ShareUpdateExclusiveLock' and granted and pg_locks.database = this.oid
      ) -- dropped concurrently at this moment
    order by relname`,
  columns: {
    index: { label: "Index", unit: "text" },
    table: { label: "Table", unit: "text" },
    isWritten: { label: "Still written", unit: "boolean", description: "Each write pays for it, no read may use it." },
    sizeBytes: { label: "Size", unit: "bytes" },
    origin: { label: "Origin", unit: "text" },
    isPart: {
      label: "Of a partitioned index",
      unit: "boolean",
      description: "PostgreSQL drops it with the whole only; it is built anew in its place.",
    },
    leftover: { label: "Leftovers", unit: "count" },
  },
  key: ["index"],
  threshold: {
    column: "leftover",
    worseWhen: "above",
    warning: 0,
    critical: null,
    source: "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
  },
  finding: ({ index, origin }) => `The index ${index} cannot be used: ${origin}.`,
  everySeconds: 600,
  remedy: {
    text: "Drop it and build it again; a name that ends in _ccold belongs to an exchange that succeeded and is only dropped. One of a partitioned index is built anew.",
    operation: ({ index, isPart }) => ({
      operation: isPart ? "reindex-index-concurrently" : "drop-index-concurrently",
      fields: { index: `${index}` },
    }),
    statement: ({ index, isPart }) => ({
      up: `${isPart ? "reindex" : "drop"} index concurrently ${index};`,
      down: "-- Nothing to take back: nobody could use it.",
    }),
  },
  empty: "Every index is valid, or is being built at this moment.",
  source: "https://www.postgresql.org/docs/current/catalog-pg-index.html",
});
