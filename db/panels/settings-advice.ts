import { type SQL, sql } from "drizzle-orm";

import type { ServerProfile } from "../database/server-profile";
import { definePanel } from "../panel";

/**
 * Each setting that can be judged here stands with what was counted that speaks for or against it, also where nothing
 * does. Levels: 0 nothing speaks against it, 1 it costs, 2 data can be lost.
 */
export const settingsAdvice = definePanel({
  id: "settings-advice",
  group: "settings",
  title: "Settings advice",
  question: "Which settings does what happens here speak against?",
  requires: { privilege: "pg_read_all_stats" },
  sql: (server) => sql`
    with database as (
      select *, greatest(extract(epoch from now() - coalesce(stats_reset, pg_postmaster_start_time())) / 86400, 1.0 / 24)::float8 as days
      from pg_stat_database where datname = current_database()
    ),
    checkpoint as (${checkpointCounters(server)}),
    wal as (select wal_fpi::float8 as pages, wal_bytes::float8 as bytes, wal_buffers_full::float8 as waits from pg_stat_wal),
    judged (name, level, evidence, proposed) as (
      select 'max_wal_size', (requested + timed >= 10 and requested > 0.2 * (requested + timed))::integer,
             format('%s of %s checkpoints did not come by the clock.', requested, requested + timed),
             (select (2 * setting::bigint) || coalesce(unit, '') from pg_settings where name = 'max_wal_size')
      from checkpoint
      union all
      select 'work_mem', (temp_files >= 10 and temp_bytes / days > 1024 ^ 3)::integer,
             format('%s files, %s a day, were written for sorts and hashes that did not fit.', temp_files,
                    pg_size_pretty((temp_bytes / days)::bigint)), null
      from database
      union all
      select 'shared_buffers', (blks_hit + blks_read > 1e6 and blks_read > 0.05 * (blks_hit + blks_read)
               and pg_database_size(datid) > current_setting('block_size')::bigint * setting::bigint)::integer,
             format('%s %% of %s blocks came from outside of the cache; the database is larger than it.',
                    round((100.0 * blks_read / nullif(blks_hit + blks_read, 0))::numeric, 1), blks_hit + blks_read), null
      from database join pg_settings on name = 'shared_buffers'
      union all
      select 'wal_buffers', (waits / days > 1000)::integer, format('WAL was written %s times because its buffers were full.', waits), null
      from wal, database
      union all
      select 'wal_compression', (setting = 'off' and bytes > 1024 ^ 3 and pages * 8192 > 0.5 * bytes)::integer,
             format('%s of WAL since the statistics began, of which %s whole pages.', pg_size_pretty(bytes::bigint), pages), 'on'
      from wal join pg_settings on name = 'wal_compression'
      union all
      select 'track_io_timing', (setting = 'off' and blks_read > 10000)::integer,
             format('%s blocks were read, and how long it took is not known.', blks_read), 'on'
      from database join pg_settings on name = 'track_io_timing'
      union all
      select 'log_lock_waits', (setting = 'off' and deadlocks > 0)::integer,
             format('%s deadlocks; who waited for whom stands in no log.', deadlocks), 'on'
      from database join pg_settings on name = 'log_lock_waits'
      union all
      select name, case when setting <> 'off' then 0 when name = 'synchronous_commit' then 1 else 2 end,
             case name when 'autovacuum' then 'Without it dead rows stay, and transaction ids run out.'
                       when 'synchronous_commit' then 'Off, a crash loses the last commits that clients were told of.'
                       else 'Off, a crash can leave data that nobody can repair.' end, 'on'
      from pg_settings where name in ('fsync', 'full_page_writes', 'autovacuum', 'synchronous_commit')
      union all
      select name, (setting = 'off')::integer, 'Off, damage by the storage goes unnoticed.', null
      from pg_settings where name = 'data_checksums'
    )
    select name as "setting", setting || case when unit ~ '^[0-9]' then ' × ' || unit when unit <> '' then ' ' || unit else '' end as "value",
           case when source not in ('user', 'database', 'database user', 'client', 'session') then level end as "level",
           case when level > 0 or evidence ~ '^[0-9]' then evidence else 'Nothing speaks against it.' end as "evidence",
           case when level > 0 then coalesce(proposed, 'depends') else '' end as "proposed",
           (select extract(epoch from coalesce(stats_reset, pg_postmaster_start_time()))::float8 from database) as "countedFrom"
    from judged join pg_settings using (name)
    order by "level" desc nulls first, "setting"`,
  columns: {
    setting: { label: "Setting", unit: "text" },
    value: { label: "Value", unit: "text", description: "With the unit that the server counts it in." },
    level: {
      label: "Level",
      unit: "level",
      description:
        "0: nothing speaks against it; 1: it costs; 2: data can be lost. Unknown where the console's login has a value of its own.",
    },
    evidence: {
      label: "What was counted here",
      unit: "text",
      description: "Of this database, checkpoints and WAL of the server.",
    },
    proposed: { label: "Proposed", unit: "text", description: "Where one value follows from what was counted." },
    countedFrom: {
      label: "Counted from",
      unit: "instant",
      description: "After a change reset the statistics, to judge anew.",
    },
  },
  key: ["setting"],
  threshold: {
    column: "level",
    worseWhen: "above",
    warning: 0,
    critical: 1,
    source: "The console's own choice, by what was counted; the manual says what each setting does.",
  },
  finding: ({ setting, value, evidence }) => `${setting} stands at ${value}. ${evidence}`,
  everySeconds: 600,
  remedy: {
    text: "Change one at a time. For work_mem raise it where the statements spill, by role, not for all; for shared_buffers see how much memory there is.",
    statement: ({ setting, level, value, proposed }) =>
      level && proposed && proposed !== "depends"
        ? {
            up: `alter system set ${setting} = '${proposed}';\nselect pg_reload_conf();`,
            down: `alter system set ${setting} = '${String(value).split(" × ")[0]}';\nselect pg_reload_conf();`,
          }
        : null,
  },
  empty: "The server answered nothing.",
  source: "https://www.postgresql.org/docs/current/runtime-config.html",
});

function checkpointCounters({ versionNumber }: ServerProfile): SQL {
  return versionNumber >= 170_000
    ? sql`select num_timed as timed, num_requested as requested from pg_stat_checkpointer`
    : sql`select checkpoints_timed as timed, checkpoints_req as requested from pg_stat_bgwriter`;
}
