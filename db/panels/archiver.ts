import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const archiver = definePanel({
  id: "archiver",
  group: "wal",
  title: "WAL archiver",
  question: "Does WAL reach the archive?",
  requires: { privilege: "pg_monitor" },
  sql: () => sql`
    select case when current_setting('archive_mode') = 'off' then 'off'
                when last_failed_time > coalesce(last_archived_time, '-infinity') then 'failing'
                when archived_count = 0 then 'nothing archived yet' else 'working' end as "state",
           archived_count::float8 as "archived", extract(epoch from last_archived_time)::float8 as "lastArchivedAt",
           failed_count::float8 as "failed", extract(epoch from last_failed_time)::float8 as "lastFailedAt",
           case when current_setting('archive_mode') <> 'off'
             then coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false)::integer end as "isFailing",
           case when current_setting('archive_mode') <> 'off'
             then (select count(*) from pg_ls_archive_statusdir() where name like '%.ready')::float8 end as "waitingFiles"
    from pg_stat_archiver
    order by archived_count`,
  columns: {
    state: { label: "State", unit: "text" },
    archived: { label: "Files archived", unit: "count", isCounter: true },
    lastArchivedAt: { label: "Last archived", unit: "instant" },
    failed: { label: "Failures", unit: "count", isCounter: true },
    lastFailedAt: { label: "Last failure", unit: "instant" },
    isFailing: {
      label: "Failing",
      unit: "count",
      description: "1 while the newest attempt failed. Unknown while archiving is off.",
    },
    waitingFiles: { label: "Files waiting", unit: "count", description: "Unknown while archiving is off." },
  },
  key: [],
  threshold: {
    column: "isFailing",
    worseWhen: "above",
    warning: 0,
    critical: 0,
    source: "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ARCHIVER-VIEW",
  },
  finding: () => "The newest attempt to archive WAL failed; WAL piles up and no restore reaches the present.",
  history: { columns: ["archived", "failed", "waitingFiles"] },
  remedy: { text: "The server's log names the error of archive_command; fix it and the backlog drains by itself." },
  empty: "The server answered nothing.",
  source: "https://www.postgresql.org/docs/current/continuous-archiving.html",
});
