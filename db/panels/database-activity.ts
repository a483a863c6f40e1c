import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const databaseActivity = definePanel({
  id: "database-activity",
  group: "io",
  title: "Database activity",
  question: "What did the database do since its statistics began?",
  requires: {},
  sql: () => sql`
    select xact_commit::float8 as "commits", xact_rollback::float8 as "rollbacks",
           blks_read::float8 as "blocksRead", blks_hit::float8 as "blocksHit",
           blks_hit::float8 / nullif(blks_hit + blks_read, 0) as "hitRatio",
           case when current_setting('track_io_timing')::boolean then blk_read_time / 1000 end as "readSeconds",
           temp_files::float8 as "temporaryFiles", temp_bytes::float8 as "temporaryBytes",
           deadlocks::float8 as "deadlocks",
           (select sum(checksum_failures) from pg_stat_database)::float8 as "checksumFailures",
           extract(epoch from coalesce(stats_reset, pg_postmaster_start_time()))::float8 as "countedFrom"
    from pg_stat_database
    where datname = current_database()
    order by datname`,
  columns: {
    commits: { label: "Commits", unit: "count", isCounter: true },
    rollbacks: { label: "Rollbacks", unit: "count", isCounter: true },
    blocksRead: { label: "Blocks read", unit: "count", isCounter: true },
    blocksHit: { label: "Blocks found", unit: "count", isCounter: true },
    hitRatio: { label: "Cache hit ratio", unit: "ratio", description: "Beside the reads, not instead of them." },
    readSeconds: {
      label: "Time spent reading",
      unit: "seconds",
      isCounter: true,
      description: "Unknown while track_io_timing is off.",
    },
    temporaryFiles: { label: "Temporary files", unit: "count" },
    temporaryBytes: { label: "Temporary bytes", unit: "bytes", isCounter: true },
    deadlocks: { label: "Deadlocks", unit: "count", isCounter: true },
    checksumFailures: {
      label: "Checksum failures",
      unit: "count",
      description: "In all databases of the server. Unknown while checksums are off.",
    },
    countedFrom: { label: "Counted from", unit: "instant" },
  },
  key: [],
  threshold: {
    column: "checksumFailures",
    worseWhen: "above",
    warning: 0,
    critical: 0,
    source: "SecuryFlex's own target: no corruption.",
  },
  finding: ({ checksumFailures }) => `${checksumFailures} blocks failed their checksum.`,
  history: {
    columns: [
      "commits",
      "rollbacks",
      "blocksRead",
      "blocksHit",
      "readSeconds",
      "temporaryBytes",
      "deadlocks",
      "checksumFailures",
    ],
  },
  remedy: {
    text: "A checksum failure is damage: take the server out of use and restore from a backup that was proved.",
  },
  empty: "The server answered nothing.",
  source: "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-DATABASE-VIEW",
});
