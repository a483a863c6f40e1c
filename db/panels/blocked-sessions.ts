import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

/**
 * pg_blocking_pids takes the lock manager's locks for a moment, so it is asked only for backends that wait for a lock,
 * for at most 1,000 of them. A backend that waits for several appears under each; pid 0 is a prepared transaction.
 */
export const blockedSessions = definePanel({
  id: "blocked-sessions",
  group: "locks",
  title: "Blocked sessions",
  question: "Who waits for whom?",
  requires: { privilege: "pg_read_all_stats" },
  sql: () => sql`
    with recursive waiting as materialized (
      select pid, pg_blocking_pids(pid) as blockers
      from (
        select pid from pg_stat_activity
        where wait_event_type = 'Lock' and leader_pid is null
        order by query_start limit 1000
      ) as waiter
    ),
    edge as materialized (
      select distinct waiting.pid, coalesce(activity.leader_pid, blocker) as blocker
      from waiting
      cross join unnest(blockers) as blocker
      left join pg_stat_activity as activity on activity.pid = blocker
    ),
    tree as (
      select blocker as pid, null::integer as parent, 0 as depth, array[blocker] as path
      from (select distinct blocker from edge where blocker not in (select pid from waiting)) as root
      union all
      select edge.pid, tree.pid, depth + 1, path || edge.pid
      from tree
      join edge on edge.blocker = tree.pid
      where edge.pid <> all (path) and depth < 20
    ),
    shown as (select *, row_number() over (order by path) as position from tree)
    select position::text as "position", depth::integer as "depth", shown.pid::text as "pid",
           parent::text as "blockedBy",
           case when shown.pid = 0 then 'prepared transaction' else coalesce(usename, 'unknown') end as "user",
           case
             when shown.pid = 0 then (select string_agg(gid, ', ' order by prepared) from pg_prepared_xacts)
             else coalesce(nullif(application_name, ''), 'unnamed')
           end as "application",
           case when shown.pid = 0 then 'prepared' else coalesce(state, 'unknown') end as "state",
           case when parent is not null then coalesce(
             extract(epoch from clock_timestamp() - (
               select min(waitstart) from pg_locks where pg_locks.pid = shown.pid and not granted
             )),
             extract(epoch from clock_timestamp() - query_start)
           )::float8 else 0 end as "waitingSeconds",
           (select count(distinct behind.pid)::integer from tree as behind
            where shown.pid = any (behind.path) and behind.pid <> shown.pid) as "sessionsBehind",
           left(query, 500) as "statement"
    from shown
    left join pg_stat_activity as activity on activity.pid = shown.pid
    order by shown.position`,
  columns: {
    position: { label: "#", unit: "text", description: "Order in the tree." },
    depth: { label: "Depth", unit: "count", description: "0 is who blocks and waits for nobody." },
    pid: { label: "Backend", unit: "text", description: "0 is a prepared transaction." },
    blockedBy: { label: "Blocked by", unit: "text", description: "Empty for who blocks and waits for nobody." },
    user: { label: "User", unit: "text" },
    application: { label: "Application", unit: "text" },
    state: { label: "State", unit: "text" },
    waitingSeconds: { label: "Waiting for", unit: "seconds" },
    sessionsBehind: { label: "Sessions behind it", unit: "count" },
    statement: { label: "Statement", unit: "sql" },
  },
  key: ["pid", "blockedBy"],
  threshold: {
    column: "waitingSeconds",
    worseWhen: "above",
    warning: 60,
    critical: 300,
    source: "The console's own choice: a request of the product gives up after a minute.",
  },
  finding: ({ application, pid, blockedBy }) => `${application} (backend ${pid}) waits for backend ${blockedBy}.`,
  remedy: {
    text: "End the wait at its root, the row of depth 0: commit there, cancel its statement, or end its backend.",
  },
  empty: "Nobody waits for a lock.",
  source: "https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SESSION",
});
