import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const checkpoints = definePanel({
  id: "checkpoints",
  group: "wal",
  title: "Checkpoints",
  question: "Do checkpoints come by the clock, or because WAL ran full?",
  requires: {},
  sql: ({ versionNumber }) =>
    versionNumber >= 170_000
      ? sql`
        select num_timed::float8 as "timed", num_requested::float8 as "requested",
               num_requested::float8 / nullif(num_timed + num_requested, 0) as "requestedRatio",
               write_time / 1000 as "writeSeconds", sync_time / 1000 as "syncSeconds",
               buffers_written::float8 as "buffersWritten", extract(epoch from stats_reset)::float8 as "countedFrom"
        from pg_stat_checkpointer
        order by stats_reset`
      : sql`
        select checkpoints_timed::float8 as "timed", checkpoints_req::float8 as "requested",
               checkpoints_req::float8 / nullif(checkpoints_timed + checkpoints_req, 0) as "requestedRatio",
               checkpoint_write_time / 1000 as "writeSeconds", checkpoint_sync_time / 1000 as "syncSeconds",
               buffers_checkpoint::float8 as "buffersWritten", extract(epoch from stats_reset)::float8 as "countedFrom"
        from pg_stat_bgwriter
        order by stats_reset`,
  columns: {
    timed: { label: "By the clock", unit: "count", isCounter: true },
    requested: {
      label: "Requested",
      unit: "count",
      isCounter: true,
      description: "Because WAL ran full, or a command asked for one.",
    },
    requestedRatio: { label: "Share requested", unit: "ratio", description: "Since the statistics began." },
    writeSeconds: { label: "Writing", unit: "seconds" },
    syncSeconds: { label: "Syncing", unit: "seconds" },
    buffersWritten: { label: "Buffers written", unit: "count", isCounter: true },
    countedFrom: { label: "Counted from", unit: "instant" },
  },
  key: [],
  history: { columns: ["timed", "requested", "buffersWritten"] },
  remedy: { text: "Many requested checkpoints: raise max_wal_size." },
  empty: "The server answered nothing.",
  source: "https://www.postgresql.org/docs/current/wal-configuration.html",
});
