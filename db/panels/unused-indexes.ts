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
  sql: ({ versionNumber }) => sql`
    with ${lockedRelations},
    observation as (
      select extract(epoch from clock_timestamp() - greatest(pg_stat_database.stats_reset, pg_stat_bgwriter.stats_reset))::float8
        as seconds -- a crash resets the statistics of the whole server
      from pg_stat_database, pg_stat_bgwriter where datname = current_database()
    )
    select relnamespace::regnamespace || '.' || quote_ident(relname) as "index",
           indrelid::regclass::text as "table",
           size.bytes as "sizeBytes",
           case when observation.seconds >= 7 * 86400 then size.bytes end as "wastedBytes",
           observation.seconds as "observedSeconds",
           (pg_stat_get_tuples_inserted(indrelid) + pg_stat_get_tuples_updated(indrelid)
             - pg_stat_get_tuples_hot_updated(indrelid))::float8 as "entriesWritten",
           ${
             versionNumber >= 160_000
               ? sql`extract(epoch from pg_stat_get_lastscan(indexrelid))::float8`
               : sql`null::float8`
           } as "scannedAt",
           case when not is_locked then pg_get_indexdef(indexrelid) end as "definition"
    from pg_index
    join pg_class on pg_class.oid = indexrelid
    cross join observation
    cross join lateral (select exists (select from locked where locked.oid in (indexrelid, indrelid)) as is_locked) as state
    cross join lateral (
      select case when is_locked then relpages * current_setting('block_size')::float8
        else pg_relation_size(indexrelid)::float8 end as bytes
    ) as size
    where ${isUserRelation} and (pg_stat_get_numscans(indexrelid) = 0 ${
      versionNumber >= 160_000
        ? sql`or pg_stat_get_lastscan(indexrelid) < clock_timestamp() - interval '90 days'`
        : sql``
    })
      and not indisunique and not indisexclusion and not indisreplident and not indisclustered and indisvalid
      and not relispartition and relkind = 'i'
      and not exists (select from pg_constraint where conindid = indexrelid)
      and not exists (
        select from pg_constraint
        where contype = 'f' and conrelid = indrelid
          and (string_to_array(indkey::text, ' ')::smallint[])[1:cardinality(conkey)] @> conkey
      ) -- it serves deletes on the other side
    order by size.bytes desc, relname`,
  columns: {
    index: { label: "Index", unit: "text" },
    table: { label: "Table", unit: "text" },
    sizeBytes: { label: "Size", unit: "bytes" },
    wastedBytes: { label: "Wasted", unit: "bytes", description: "Unknown until scans were counted for a week." },
    observedSeconds: { label: "Scans counted for", unit: "seconds" },
    entriesWritten: { label: "Entries written", unit: "count", description: "In the same time." },
    scannedAt: {
      label: "Last scan",
      unit: "instant",
      description: "More than 90 days ago, or none. Known from PostgreSQL 16 on.",
    },
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
  finding: ({ index, table }) => `The index ${index} of ${table} serves no read.`,
  everySeconds: 600,
  history: { columns: ["sizeBytes"] },
  remedy: {
    text: "Look at the replicas too, and whether the index is older than the count: one of yesterday had no time to be read. Then drop it concurrently.",
    operation: "drop-index-concurrently",
    statement: ({ index, definition }) => ({
      up: `drop index concurrently ${index};`,
      down: definition ? `${String(definition).replace(/^CREATE INDEX /, "create index concurrently ")};` : null,
    }),
  },
  empty: "Every index that only serves reads was read.",
  source: "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-INDEXES-VIEW",
});
