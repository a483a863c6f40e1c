import { sql } from "drizzle-orm";

import type { Database } from "../../connections";
import { conflictingModes, type LockMode } from "./lock-mode";

/** One lock that somebody has on a relation, or waits for. */
export type Holder = {
  oid: number;
  mode: LockMode;
  isGranted: boolean;
  /** Null for a prepared transaction. */
  pid: number | null;
  /** Application and role; the identifier of a prepared transaction. */
  who: string;
  /** Of its transaction; null where it has none. */
  ageSeconds: number | null;
  kind: "session" | "prepared transaction" | "autovacuum" | "vacuum against wraparound";
};

/** A transaction that is younger ends by itself within the tries of the migrator. */
export const oldTransactionSeconds = 5;

/** A concurrent statement waits for every transaction of the database, so one of this age holds it up. */
export const oldForConcurrentSeconds = 60;

/**
 * Who holds the relations of these oids now, or waits for them, own session left out: one query that waits for nobody.
 * Needs pg_monitor to name sessions of other roles.
 */
export async function readHolders(db: Database, oids: readonly number[]): Promise<Holder[]> {
  if (oids.length === 0) return [];
  return db.execute<Holder & Record<string, unknown>>(sql`
    select relation::bigint::float8 as oid,
           upper(regexp_replace(regexp_replace(mode, 'Lock$', ''), '([a-z])([A-Z])', '\\1 \\2', 'g')) as mode,
           granted as "isGranted", lock.pid,
           coalesce(gid, nullif(concat_ws(' of ', nullif(application_name, ''), usename), ''), 'a session of another role') as who,
           extract(epoch from clock_timestamp() - coalesce(xact_start, prepared))::float8 as "ageSeconds",
           case when gid is not null then 'prepared transaction'
             when backend_type = 'autovacuum worker' and query like '%(to prevent wraparound)%' then 'vacuum against wraparound'
             when backend_type = 'autovacuum worker' then 'autovacuum'
             else 'session' end as kind
    from pg_locks as lock
    left join pg_stat_activity as activity on activity.pid = lock.pid
    left join pg_prepared_xacts as held on lock.pid is null and lock.virtualtransaction = '-1/' || held.transaction::text
    where locktype = 'relation'
      and lock.database = (select oid from pg_database where datname = current_database())
      and relation in (${sql.join(
        oids.map((oid) => sql`${oid}::bigint::oid`),
        sql`, `,
      )})
      and lock.pid is distinct from pg_backend_pid()
    order by "ageSeconds" desc nulls last, pid`);
}

/** Why a lock of `mode` is not to be had on a table now, a sentence for each who stands in its way. */
export function describeBlockers(holders: readonly Holder[], table: string, mode: LockMode): string[] {
  const conflicts = conflictingModes(mode);
  return holders.flatMap((holder) => {
    const { who, pid, ageSeconds, kind, isGranted } = holder;
    if (!conflicts.includes(holder.mode) || kind === "autovacuum") return [];
    const age = Math.round(ageSeconds ?? 0);
    if (kind === "prepared transaction") {
      return `The prepared transaction ${who} holds ${holder.mode} on ${table}, and does not end by itself: commit it or roll it back.`;
    }
    if (kind === "vacuum against wraparound") {
      return `A vacuum that prevents wraparound works on ${table} (pid ${pid}) and does not give way: wait until it has ended.`;
    }
    if (!isGranted) return `pid ${pid} (${who}) waits for ${table} already, and the migration would stand behind it.`;
    if (age <= oldTransactionSeconds) return [];
    return `pid ${pid} (${who}) holds ${holder.mode} on ${table} in a transaction that is open for ${age} s.`;
  });
}
