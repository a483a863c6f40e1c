import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

/**
 * pg_blocking_pids takes the lock manager's locks for a moment, so it is asked only for sessions that wait for a lock,
 * for the 200 that wait longest; the rest is one row. A session stands once, under one that blocks it: under one that
 * waits for nobody where there is one, else under the first in the queue. `blockedBy` names all. Parallel workers count
 * with their leader; pid 0 is a prepared transaction.
 */
export const blockedSessions = definePanel({
  id: "blocked-sessions",
  group: "locks",
  title: "Blocked sessions",
  question: "Who waits for whom?",
  requires: { privilege: "pg_read_all_stats" },
  sql: () => sql`
    with recursive session as materialized (select * from pg_stat_activity),
    held as materialized (select * from pg_locks),
    waiter as materialized (
      select *, row_number() over (order by waitstart nulls last, pid) as turn
      from (
        select distinct on (coalesce(leader_pid, held.pid))
               coalesce(leader_pid, held.pid) as pid, locktype, mode, database, relation, transactionid, waitstart
        from held
        left join session on session.pid = held.pid
        where not granted and held.pid is not null
        order by coalesce(leader_pid, held.pid), waitstart
      ) as first
    ),
    asked as materialized (select * from waiter where turn <= 200),
    edge as materialized (
      select distinct asked.pid, blocker
      from asked
      cross join lateral unnest(pg_blocking_pids(asked.pid)) as blocker
      where blocker <> asked.pid
    ),
    root as materialized (select distinct blocker as pid from edge where blocker not in (select pid from asked)),
    parent as materialized (
      select distinct on (edge.pid) edge.pid, blocker
      from edge
      left join asked on asked.pid = blocker
      order by edge.pid, turn nulls first, blocker
    ),
    tree as (
      select pid, 0 as depth, array[pid::bigint] as path from root
      union all
      select parent.pid, depth + 1, path || turn
      from tree
      join parent on parent.blocker = tree.pid
      join asked on asked.pid = parent.pid
    ),
    behind as (
      select pid as root, pid from root
      union
      select behind.root, edge.pid from behind join edge on edge.blocker = behind.pid
    ),
    shown as (
      select pid, depth, path from tree
      union all
      select pid, 1, array[2147483648, turn] from asked where pid not in (select pid from tree) -- a deadlock's circle
    )
    select row_number() over (order by path) as "position", depth as "depth", shown.pid::text as "pid",
           (
             select array_to_string((array_agg(blocker order by blocker))[1:10], ', ')
               || case when count(*) > 10 then ' and ' || count(*) - 10 || ' more' else '' end
             from edge where edge.pid = shown.pid
           ) as "blockedBy",
           case when shown.pid = 0 then 'prepared transaction' else coalesce(usename, 'unknown') end as "user",
           case
             when shown.pid <> 0 then coalesce(nullif(application_name, ''), 'unnamed')
             else (
               select string_agg(distinct gid, ', ')
               from pg_prepared_xacts
               join held as own on own.pid is null and own.transactionid = transaction
               join held on held.pid is null and held.virtualtransaction = own.virtualtransaction
               join asked on asked.relation = held.relation or asked.transactionid = held.transactionid
               join edge on edge.pid = asked.pid and blocker = 0
             )
           end as "application",
           case when shown.pid = 0 then 'prepared' else coalesce(state, 'unknown') end as "state",
           case
             when locktype in ('relation', 'extend') then mode || ' on ' || coalesce(target.name, asked.relation::text)
             when locktype = 'tuple' then 'a row of ' || coalesce(target.name, asked.relation::text)
             when locktype in ('transactionid', 'virtualxid') then 'the end of a transaction'
             else locktype
           end as "waitsFor",
           case when asked.pid is null then 0
             else coalesce(extract(epoch from clock_timestamp() - waitstart), 0) end::float8 as "waitingSeconds",
           case when depth = 0 then (select count(*) - 1 from behind where behind.root = shown.pid)
             else (select count(*) - 1 from tree where tree.path @> shown.path) end::integer as "sessionsBehind",
           left(query, 500) as "statement"
    from shown
    left join asked on asked.pid = shown.pid
    left join session on session.pid = shown.pid
    left join lateral (
      select nspname || '.' || relname as name
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where pg_class.oid = asked.relation and asked.database in (0, (select oid from pg_database where datname = current_database()))
    ) as target on true
    union all
    select 1000, 1, 'rest', null, null, count(*) || ' more sessions', 'active', 'locks',
           coalesce(extract(epoch from clock_timestamp() - min(waitstart)), 0)::float8, null, null
    from waiter where turn > 200 having count(*) > 0
    order by "position"`,
  columns: {
    position: { label: "#", unit: "count", description: "Order in the tree." },
    depth: { label: "Depth", unit: "count", description: "0 is who blocks and waits for nobody." },
    pid: { label: "Backend", unit: "text", description: "0 is a prepared transaction." },
    blockedBy: { label: "Blocked by", unit: "text", description: "Empty for who blocks and waits for nobody." },
    user: { label: "User", unit: "text" },
    application: { label: "Application", unit: "text", description: "Of a prepared transaction, its name." },
    state: { label: "State", unit: "text" },
    waitsFor: { label: "Waits for", unit: "text" },
    waitingSeconds: { label: "Waiting for", unit: "seconds" },
    sessionsBehind: { label: "Sessions behind it", unit: "count", description: "Of the 200 that wait longest." },
    statement: { label: "Statement", unit: "statement" },
  },
  key: ["pid"],
  threshold: {
    column: "waitingSeconds",
    worseWhen: "above",
    warning: 60,
    critical: 300,
    source: "The console's own choice: a request of the product gives up after a minute.",
  },
  finding: ({ application, pid, blockedBy }) =>
    blockedBy === null
      ? `${application} wait for locks.`
      : `${application} (backend ${pid}) waits for backend ${blockedBy}.`,
  remedy: {
    text: "End the wait at its root, the row of depth 0: commit there, cancel its statement, or end its backend.",
    operation: "terminate-backend",
  },
  empty: "Nobody waits for a lock.",
  source: "https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SESSION",
});
