import { setTimeout as sleep } from "node:timers/promises";

import { openClient, type Sql } from "../connections";

const pollMs = 250;

/**
 * Does `work` while no other migrator works on the same database; waits for one that does. The first connection that
 * `work` gets is its own.
 */
export async function asOnlyMigrator<Result>(
  url: string,
  work: (sql: Sql) => Promise<Result>,
  onWarning: (message: string) => void = () => {},
): Promise<Result> {
  const options = { max: 1, applicationName: "securyflex-console migrator" };
  const [guard, sql] = [openClient(url, options), openClient(url, { ...options, onWarning })];
  try {
    for (;;) {
      const attempt = await guard.begin("isolation level read committed", async (transaction) => {
        // Held by a transaction of its own without a snapshot, so that it neither ends with a statement nor holds up
        // CREATE INDEX CONCURRENTLY, and works behind a pooler. Waiting inside PostgreSQL would hold a snapshot, and
        // so would the portal that the extended protocol leaves open: hence `simple`.
        await transaction`set local idle_in_transaction_session_timeout = 0`;
        const [lock] = await transaction<{ isMine: boolean }[]>`
          select pg_try_advisory_xact_lock(hashtextextended('securyflex-console migrations', 0)) as "isMine"`.simple();
        return lock?.isMine ? { result: await work(sql) } : undefined;
      });
      if (attempt) return (attempt as { result: Result }).result;
      await sleep(pollMs);
    }
  } finally {
    await Promise.all([guard.end(), sql.end()]);
  }
}
