import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const walWritten = definePanel({
  id: "wal-written",
  group: "wal",
  title: "WAL written",
  question: "How much WAL does the server write, and how much of it is whole pages?",
  requires: {},
  sql: () => sql`
    select wal_bytes::float8 as "walBytes", wal_records::float8 as "records", wal_fpi::float8 as "fullPageImages",
           least(wal_fpi * current_setting('block_size')::float8 / nullif(wal_bytes::float8, 0), 1) as "fullPageRatio",
           wal_buffers_full::float8 as "buffersFull", extract(epoch from stats_reset)::float8 as "countedFrom"
    from pg_stat_wal
    order by stats_reset`,
  columns: {
    walBytes: { label: "Written", unit: "bytes", isCounter: true },
    records: { label: "Records", unit: "count" },
    fullPageImages: {
      label: "Whole pages",
      unit: "count",
      isCounter: true,
      description: "The first change of a page after each checkpoint.",
    },
    fullPageRatio: {
      label: "Share of whole pages",
      unit: "ratio",
      description: "At most; pages leave out their free room.",
    },
    buffersFull: { label: "Buffers ran full", unit: "count" },
    countedFrom: { label: "Counted from", unit: "instant" },
  },
  key: [],
  history: { columns: ["walBytes", "fullPageImages"] },
  remedy: { text: "A high share of whole pages: fewer checkpoints by a larger max_wal_size, or wal_compression." },
  empty: "The server answered nothing.",
  source: "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-WAL-VIEW",
});
