import { sql } from "drizzle-orm";

import { isUserRelation } from "../database/catalog-fragments";
import { definePanel } from "../panel";

export const cacheAndReads = definePanel({
  id: "cache-and-reads",
  group: "io",
  title: "Reads by table",
  question: "Which tables and their indexes are read from outside the cache?",
  requires: {},
  sql: () => sql`
    select relnamespace::regnamespace || '.' || pg_class.relname as "table",
           coalesce(heap_blks_read, 0)::float8 as "heapBlocksRead",
           coalesce(heap_blks_hit, 0)::float8 as "heapBlocksHit",
           heap_blks_hit::float8 / nullif(heap_blks_hit + heap_blks_read, 0) as "heapHitRatio",
           coalesce(idx_blks_read, 0)::float8 as "indexBlocksRead",
           idx_blks_hit::float8 / nullif(idx_blks_hit + idx_blks_read, 0) as "indexHitRatio",
           seq_scan::float8 as "sequentialScans", coalesce(idx_scan, 0)::float8 as "indexScans",
           relpages * current_setting('block_size')::float8 as "sizeBytes"
    from pg_statio_all_tables as io
    join pg_class on pg_class.oid = io.relid
    join pg_stat_all_tables as usage on usage.relid = io.relid
    where ${isUserRelation}
    order by coalesce(heap_blks_read, 0) + coalesce(idx_blks_read, 0) desc, pg_class.relname`,
  columns: {
    table: { label: "Table", unit: "text" },
    heapBlocksRead: {
      label: "Blocks read",
      unit: "count",
      isCounter: true,
      description: "From the system, which may have them in its own cache.",
    },
    heapBlocksHit: { label: "Blocks found", unit: "count", isCounter: true, description: "In shared buffers." },
    heapHitRatio: {
      label: "Table hit ratio",
      unit: "ratio",
      description: "Unknown before the first read. Low is normal where tables are read whole.",
    },
    indexBlocksRead: { label: "Index blocks read", unit: "count", isCounter: true },
    indexHitRatio: { label: "Index hit ratio", unit: "ratio" },
    sequentialScans: { label: "Sequential scans", unit: "count" },
    indexScans: { label: "Index scans", unit: "count" },
    sizeBytes: { label: "Size", unit: "bytes" },
  },
  key: ["table"],
  everySeconds: 600,
  history: { columns: ["heapBlocksRead", "heapBlocksHit", "indexBlocksRead"] },
  remedy: { text: "Look at reads a second and their time first; a ratio alone proves nothing." },
  empty: "There is no table.",
  source: "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STATIO-ALL-TABLES-VIEW",
});
