import { sql } from "drizzle-orm";

import type { Database } from "../../connections";

/**
 * Deletes changes written before `before`, oldest first, at most `most` of them, and notes how far it went: a cursor
 * that may still need one of them is too old from then on. Changes that a long transaction keeps open stay. Returns
 * how many went. Needs console_ops; walks the primary key of ops_outbox.
 */
export async function pruneOutbox(
  db: Database,
  { before, most = 20_000 }: { before: Date; most?: number },
): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    with pruned as (
      delete from ops_outbox
      where id in (
        select id from ops_outbox
        where at < ${before.toISOString()}::timestamptz and xid < pg_snapshot_xmin(pg_current_snapshot())
        order by id
        limit ${most}
      )
      returning xid
    ), noted as (
      update ops_feed set pruned_xid = greatest(pruned_xid, (select xid from pruned order by xid desc limit 1))
      where exists (select from pruned)
    )
    select count(*)::integer as "count" from pruned`);
  return row?.count ?? 0;
}
