import { sql } from "drizzle-orm";

import { isUserRelation, lockedRelations } from "../database/catalog-fragments";
import { definePanel } from "../panel";

/** Scans count since the statistics began; less than a week of them proves nothing, so such an index is not judged. */
export const unusedIndexes = definePanel({
  id: "unused-indexes",
  group: "indexes",
  title: "Unused indexes",
  question: "Which indexes slow every write and serve no read?",
  requires: {},
  sql: () => sql`
    with ${lockedRelations},
    observation as (
      select extract(epoch from clock_timestamp() - coalesce(stats_reset, pg_postmaster_start_time()))::float8 as seconds
      from pg_stat_database where datname = current_database()
    )
    select relnamespace::regnamespace || '.' || pg_class.relname as "index",
           indrelid::regclass::text as "table",
           size.bytes as "sizeBytes",
           case when observation.seconds >= 7 * 86400 then size.bytes end as "wastedBytes",
           observation.seconds as "observedSeconds",
           coalesce(writes.n_tup_ins + writes.n_tup_upd - writes.n_tup_hot_upd, 0)::float8 as "entriesWritten",
           case when (select count(*) from locked where oid in (indexrelid, indrelid)) = 0
             then pg_get_indexdef(indexrelid) end as "definition"
    from pg_index
    join pg_class on pg_class.oid = indexrelid
    join pg_stat_all_indexes as usage using (indexrelid)
    left join pg_stat_all_tables as writes on writes.relid = indrelid
    cross join observation
    cross join lateral (
      select case when exists (select from locked where locked.oid = indexrelid)
        then relpages * current_setting('block_size')::float8
        else pg_relation_size(indexrelid)::float8 end as bytes
    ) as size
    where ${isUserRelation} and usage.idx_scan = 0
      and not indisunique and not indisexclusion and not indisreplident and not indisclustered and indisvalid
      and not relispartition and relkind = 'i'
      and not exists (select from pg_constraint where conindid = indexrelid)
      and not exists (
        select from pg_constraint
        where contype = 'f' and conrelid = indrelid
          and (string_to_array(indkey::text, ' ')::smallint[])[1:cardinality(conkey)] @> conkey
      ) -- it serves deletes on the other side
    order by size.bytes desc, pg_class.relname`,
  columns: {
    index: { label: "Index", unit: "text" },
    table: { label: "Table", unit: "text" },
    sizeBytes: { label: "Size", unit: "bytes" },
    wastedBytes: { label: "Wasted", unit: "bytes", description: "Unknown until scans were counted for a week." },
    observedSeconds: { label: "Scans counted for", unit: "seconds" },
    entriesWritten: { label: "Entries written", unit: "count", description: "In the same time." },
    definition: { label: "Definition", unit: "sql", description: "Unknown while the table is locked." },
  },
  key: ["index"],
  threshold: {
    column: "wastedBytes",
    worseWhen: "above",
    warning: 10 * 1024 ** 2,
    critical: null,
    source: "The console's own choice: below 10 MiB an index is not worth a change.",
  },
  finding: ({ index, table }) => `The index ${index} of ${table} was not read once.`,
  everySeconds: 600,
  remedy: {
    text: "Look at the replicas too, then drop it concurrently.",
    statement: ({ index, definition }) => ({
      up: `drop index concurrently ${index};`,
      down: definition ? `${String(definition).replace(/^CREATE INDEX /, "create index concurrently ")};` : null,
    }),
  },
  empty: "Every index that only serves reads was read.",
  source: "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-INDEXES-VIEW",
});
