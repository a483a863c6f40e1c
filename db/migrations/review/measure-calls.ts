import { setTimeout as sleep } from "node:timers/promises";

import { sql } from "drizzle-orm";

import type { Database } from "../../connections";

/**
 * Above this a lock of a moment is kept for a quieter hour: while it is tried for two seconds, a thousand calls would
 * stand behind it.
 */
export const busyCallsPerMinute = 30_000;

/** PostgreSQL writes its counters once a second. */
const windowSeconds = 2;

/**
 * Scans and inserted rows a minute of the tables of these oids, by oid, measured over two seconds. Empty where nothing is
 * asked. A table that the statistics do not know is left out.
 */
export async function measureCalls(
  db: Database,
  oids: readonly number[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  if (oids.length === 0) return new Map();
  const before = await countCalls(db, oids);
  await sleep(windowSeconds * 1000, undefined, { signal });
  const after = await countCalls(db, oids);
  return new Map(
    [...after].flatMap(([oid, { calls, atSeconds }]): [number, number][] => {
      const earlier = before.get(oid);
      if (!earlier || atSeconds <= earlier.atSeconds || calls < earlier.calls) return [];
      return [[oid, Math.round((60 * (calls - earlier.calls)) / (atSeconds - earlier.atSeconds))]];
    }),
  );
}

type Count = { oid: number; calls: number; atSeconds: number };

async function countCalls(db: Database, oids: readonly number[]): Promise<Map<number, Count>> {
  const rows = await db.execute<Count>(sql`
    select relid::bigint::float8 as oid, (seq_scan + coalesce(idx_scan, 0) + n_tup_ins)::float8 as calls,
           extract(epoch from clock_timestamp())::float8 as "atSeconds"
    from pg_stat_user_tables
    where relid in (${sql.join(
      oids.map((oid) => sql`${oid}::bigint::oid`),
      sql`, `,
    )})`);
  return new Map(rows.map((row) => [row.oid, row]));
}
