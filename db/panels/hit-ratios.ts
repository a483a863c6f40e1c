import { sql } from "drizzle-orm";

import { isUserRelation } from "../database/catalog-fragments";
import { definePanel } from "../panel";

export const hitRatios = definePanel({
  id: "hit-ratios",
  group: "io",
  title: "Hit ratios",
  question: "How many blocks of tables and of indexes are found in the cache?",
  requires: {},
  sql: () => sql`
    select sum(heap_blks_hit)::float8 as "tableBlocksHit", sum(heap_blks_read)::float8 as "tableBlocksRead",
           sum(heap_blks_hit)::float8 / nullif(sum(heap_blks_hit + heap_blks_read), 0) as "tableHitRatio",
           sum(idx_blks_hit)::float8 as "indexBlocksHit", sum(idx_blks_read)::float8 as "indexBlocksRead",
           sum(idx_blks_hit)::float8 / nullif(sum(idx_blks_hit + idx_blks_read), 0) as "indexHitRatio"
    from pg_statio_all_tables as io
    join pg_class on pg_class.oid = io.relid
    where ${isUserRelation}
    order by 1`,
  columns: {
    tableBlocksHit: { label: "Table blocks found", unit: "count", isCounter: true },
    tableBlocksRead: { label: "Table blocks read", unit: "count", isCounter: true },
    tableHitRatio: { label: "Table hit ratio", unit: "ratio", description: "Since the statistics began." },
    indexBlocksHit: { label: "Index blocks found", unit: "count", isCounter: true },
    indexBlocksRead: { label: "Index blocks read", unit: "count", isCounter: true },
    indexHitRatio: { label: "Index hit ratio", unit: "ratio", description: "Since the statistics began." },
  },
  key: [],
  history: { columns: ["tableBlocksHit", "tableBlocksRead", "indexBlocksHit", "indexBlocksRead"] },
  remedy: { text: "Look at reads a second first: 99 % of a million reads a second are ten thousand from the disk." },
  empty: "There is no table.",
  source: "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STATIO-ALL-TABLES-VIEW",
});
