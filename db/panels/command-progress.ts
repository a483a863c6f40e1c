import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

export const commandProgress = definePanel({
  id: "command-progress",
  group: "vacuum",
  title: "Commands in progress",
  question: "How far are vacuum, analyze, index builds, copies and rewrites?",
  requires: { privilege: "pg_read_all_stats" },
  sql: () => sql`
    select progress.pid::text as "pid", progress.command as "command",
           case when pg_class.oid is null then progress.relid::text else relnamespace::regnamespace || '.' || relname end
             as "relation",
           progress.phase as "phase", progress.done::float8 / nullif(progress.total, 0) as "doneRatio",
           extract(epoch from clock_timestamp() - activity.query_start)::float8 as "runningSeconds"
    from (
      select pid, datname, relid, 'vacuum' as command, phase, heap_blks_scanned as done, heap_blks_total as total
      from pg_stat_progress_vacuum
      union all
      select pid, datname, relid, 'analyze', phase, sample_blks_scanned, sample_blks_total from pg_stat_progress_analyze
      union all
      select pid, datname, relid, lower(command), phase, greatest(blocks_done, tuples_done),
             case when tuples_done > blocks_done then tuples_total else blocks_total end
      from pg_stat_progress_create_index
      union all
      select pid, datname, relid, lower(command), phase, heap_blks_scanned, heap_blks_total
      from pg_stat_progress_cluster
      union all
      select pid, datname, relid, 'copy', type, bytes_processed, bytes_total from pg_stat_progress_copy
      union all
      select pid, null, 0, 'base backup', phase, backup_streamed, backup_total from pg_stat_progress_basebackup
    ) as progress
    left join pg_stat_activity as activity on activity.pid = progress.pid
    left join pg_class on pg_class.oid = progress.relid and progress.datname = current_database()
    order by activity.query_start, progress.pid`,
  columns: {
    pid: { label: "Backend", unit: "text" },
    command: { label: "Command", unit: "text" },
    relation: { label: "Relation", unit: "text", description: "A number where it belongs to another database." },
    phase: { label: "Phase", unit: "text" },
    doneRatio: {
      label: "Done",
      unit: "ratio",
      description: "Of this phase; unknown where the server does not say how much there is.",
    },
    runningSeconds: { label: "Running for", unit: "seconds" },
  },
  key: ["pid", "command"],
  remedy: { text: "Let it end; a cancelled concurrent build leaves an invalid index behind." },
  empty: "No such command runs.",
  source: "https://www.postgresql.org/docs/current/progress-reporting.html",
});
