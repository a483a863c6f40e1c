import { sql } from "drizzle-orm";

import { isUserRelation, lockedRelations } from "../database/catalog-fragments";
import { definePanel } from "../panel";

export const relationSizes = definePanel({
  id: "relation-sizes",
  group: "size",
  title: "Size by table",
  question: "What takes the room, rows or indexes?",
  requires: {},
  sql: () => sql`
    with ${lockedRelations}
    select relnamespace::regnamespace || '.' || relname as "table",
           case when is_free then pg_total_relation_size(pg_class.oid)::float8 end as "totalBytes",
           case when is_free then pg_relation_size(pg_class.oid)::float8 else relpages * current_setting('block_size')::float8 end
             as "heapBytes",
           case when is_free then pg_indexes_size(pg_class.oid)::float8 end as "indexBytes",
           case when reltoastrelid = 0 then 0
             when is_free then pg_total_relation_size(reltoastrelid)::float8 end as "toastBytes",
           reltuples::float8 as "rows"
    from pg_class
    cross join lateral (
      select not exists (
        select from locked
        where locked.oid = pg_class.oid or locked.oid = reltoastrelid
          or locked.oid in (select indexrelid from pg_index where indrelid = pg_class.oid)
      ) as is_free
    ) as judged
    where relkind in ('r', 'm') and ${isUserRelation}
    order by relpages desc, relname`,
  columns: {
    table: { label: "Table", unit: "text" },
    totalBytes: { label: "Total", unit: "bytes", description: "Unknown while the table is locked." },
    heapBytes: {
      label: "Rows",
      unit: "bytes",
      description: "While the table is locked as of the last vacuum or analyze.",
    },
    indexBytes: { label: "Indexes", unit: "bytes", description: "Unknown while the table is locked." },
    toastBytes: { label: "TOAST", unit: "bytes", description: "Long values, stored apart." },
    rows: { label: "Rows", unit: "count", description: "As of the last vacuum or analyze; below zero: never counted." },
  },
  key: ["table"],
  everySeconds: 3600,
  history: { columns: ["totalBytes", "heapBytes", "indexBytes"], forecast: "totalBytes" },
  remedy: { text: "Archive what is no longer read; drop what no query uses." },
  empty: "There is no table.",
  source: "https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-DBSIZE",
});
