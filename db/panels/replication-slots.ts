import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const replicationSlots = definePanel({
  id: "replication-slots",
  group: "wal",
  title: "Replication slots",
  question: "Which slot keeps WAL on the disk?",
  requires: {},
  sql: ({ isInRecovery, versionNumber }) => sql`
    select slot_name as "slot", slot_type as "type", coalesce(database, 'all') as "database", active as "isRead",
           wal_status as "walStatus",
           pg_wal_lsn_diff(${isInRecovery ? sql`pg_last_wal_replay_lsn()` : sql`pg_current_wal_lsn()`}, restart_lsn)::float8
             as "retainedBytes",
           safe_wal_size::float8 as "bytesLeft",
           ${versionNumber >= 170_000 ? sql`extract(epoch from inactive_since)::float8` : sql`null::float8`} as "unreadSince",
           case when wal_status in ('unreserved', 'lost') then 2 when not active ${versionNumber >= 170_000 ? sql`and not synced` : sql``} then 1 else 0 end as "trouble"
    from pg_replication_slots
    order by "retainedBytes" desc nulls last, slot_name`,
  columns: {
    slot: { label: "Slot", unit: "text" },
    type: { label: "Type", unit: "text" },
    database: { label: "Database", unit: "text" },
    isRead: { label: "Read", unit: "boolean" },
    walStatus: { label: "WAL", unit: "text", description: "lost: the receiver has to begin anew." },
    retainedBytes: { label: "Retained", unit: "bytes", description: "Unknown for a slot that never reserved WAL." },
    bytesLeft: {
      label: "Left before it is lost",
      unit: "bytes",
      description: "Unknown where max_slot_wal_keep_size sets no limit: then the disk is the limit.",
    },
    unreadSince: { label: "Unread since", unit: "instant", description: "Known from PostgreSQL 17 on." },
    trouble: { label: "Trouble", unit: "count", description: "1 nobody reads it, 2 its WAL goes or is gone." },
  },
  key: ["slot"],
  threshold: {
    column: "trouble",
    worseWhen: "above",
    warning: 0,
    critical: 1,
    source: "https://www.postgresql.org/docs/current/view-pg-replication-slots.html",
  },
  finding: ({ slot, walStatus, isRead }) =>
    isRead
      ? `The slot ${slot} loses its WAL (${walStatus}).`
      : `Nobody reads the slot ${slot}; WAL stays on the disk for it.`,
  history: { columns: ["retainedBytes"] },
  remedy: {
    text: "Bring its receiver back, or drop the slot; set max_slot_wal_keep_size so that a dead one cannot fill the disk.",
  },
  empty: "There is no slot.",
  source: "https://www.postgresql.org/docs/current/view-pg-replication-slots.html",
});
