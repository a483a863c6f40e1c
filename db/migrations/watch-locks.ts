import { setTimeout as sleep } from "node:timers/promises";

import type { Sql } from "../connections";

const everyMs = 250;

/** What a session waits for and who waits for it. */
export type LockLook = {
  /** Who holds what it waits for: pid, application, role, state, since when; null where it waits for nobody. */
  heldBy: string | null;
  /** Sessions that wait for it, of the whole server. */
  blockedCount: number;
};

/**
 * Looks at the locks of a session, four times a second, until `work` ends. Hidden parts of other roles' sessions (without
 * pg_monitor) are left out. A look that fails is left out too.
 */
export async function watchLocks<Result>(
  watch: () => Sql,
  pid: number,
  onLook: (look: LockLook) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const ending = new AbortController();
  const looking = (async () => {
    for (;;) {
      await sleep(everyMs, undefined, { signal: ending.signal });
      const look = await readLocks(watch(), pid).catch(() => undefined);
      if (look && !ending.signal.aborted) onLook(look);
    }
  })().catch(() => undefined);
  try {
    return await work();
  } finally {
    ending.abort();
    await looking;
  }
}

async function readLocks(sql: Sql, pid: number): Promise<LockLook | undefined> {
  const [look] = await sql<LockLook[]>`
    select (select string_agg(${describeSession(sql)}, '; ') from pg_stat_activity as holder
            where holder.pid = any(pg_blocking_pids(${pid}))) as "heldBy",
           (select count(distinct waiting.pid) from pg_locks as waiting
            where not granted and ${pid} = any(pg_blocking_pids(waiting.pid)))::integer as "blockedCount"`;
  return look;
}

/** The sessions of this database that hold an advisory lock, and who they are; null where nobody holds it. */
export async function describeHolders(sql: Sql, lockKey: string): Promise<{ who: string | null; pids: number[] }> {
  const [row] = await sql<{ who: string | null; pids: number[] }[]>`
    select string_agg(${describeSession(sql)}, '; ') as who, coalesce(array_agg(holder.pid), '{}') as pids
    from pg_stat_activity as holder
    where holder.pid in (
      select pid from pg_locks
      where locktype = 'advisory' and granted and objsubid = 1
        and database = (select oid from pg_database where datname = current_database())
        and (classid::bigint << 32 | objid::bigint) = hashtextextended(${lockKey}, 0)
    )`;
  return row ?? { who: null, pids: [] };
}

/** One row of pg_stat_activity called holder, without its statement. */
function describeSession(sql: Sql) {
  return sql`
    'pid ' || holder.pid || ' (' || concat_ws(' of ', nullif(holder.application_name, ''), holder.usename) || ')'
      || coalesce(', ' || holder.state || case
           when holder.xact_start is not null then format(', in its transaction since %s, %s s',
             to_char(holder.xact_start at time zone 'UTC', 'HH24:MI:SS UTC'),
             extract(epoch from clock_timestamp() - holder.xact_start)::integer)
           else '' end, '')`;
}
