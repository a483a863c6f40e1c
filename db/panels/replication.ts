import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const replication = definePanel({
  id: "replication",
  group: "wal",
  title: "Replication",
  question: "How far behind is each receiver?",
  requires: { privilege: "pg_read_all_stats" },
  sql: ({ isInRecovery }) => {
    const end = isInRecovery ? sql`pg_last_wal_receive_lsn()` : sql`pg_current_wal_lsn()`;
    return sql`
      with wal as materialized (select ${end} as lsn) -- one end for all that is held against it
      select coalesce(nullif(application_name, ''), 'unnamed') as "receiver", pid::text as "pid",
             coalesce(client_addr::text, 'local socket') as "client", state as "state",
             sync_state as "synchronous",
             pg_wal_lsn_diff(wal.lsn, sent_lsn)::float8 as "unsentBytes",
             pg_wal_lsn_diff(wal.lsn, flush_lsn)::float8 as "unflushedBytes",
             pg_wal_lsn_diff(wal.lsn, replay_lsn)::float8 as "unreplayedBytes",
             case when replay_lsn >= wal.lsn then 0 else extract(epoch from replay_lag) end::float8 as "replaySeconds"
      from pg_stat_replication cross join wal
      where state <> 'backup' -- its walsender replays nothing
      order by "unreplayedBytes" desc nulls first, pid`;
  },
  columns: {
    receiver: { label: "Receiver", unit: "text" },
    pid: { label: "Backend", unit: "text" },
    client: { label: "Client", unit: "text" },
    state: { label: "State", unit: "text" },
    synchronous: { label: "Synchronous", unit: "text" },
    unsentBytes: { label: "Not sent", unit: "bytes" },
    unflushedBytes: { label: "Not flushed", unit: "bytes" },
    unreplayedBytes: { label: "Not replayed", unit: "bytes" },
    replaySeconds: {
      label: "Replay lag",
      unit: "seconds",
      description: "0 where it has caught up; unknown where the receiver does not say.",
    },
  },
  key: ["receiver", "pid"],
  threshold: {
    column: "unreplayedBytes",
    worseWhen: "above",
    warning: 64 * 1024 ** 2,
    critical: 1024 ** 3,
    source: "The console's own choice: four WAL files, and sixty-four.",
  },
  finding: ({ receiver }) => `The receiver ${receiver} falls behind.`,
  history: { columns: ["unreplayedBytes"] },
  remedy: { text: "Look at the receiver: its disk, its network, a long query there that holds back replay." },
  empty: "Nobody receives WAL from this server.",
  source: "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-REPLICATION-VIEW",
});
