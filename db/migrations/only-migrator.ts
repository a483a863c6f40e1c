import { setTimeout as sleep } from "node:timers/promises";

import { openClient, type Sql } from "../connections";
import { endOrphans, guardKey } from "./at-work";
import { MigrationError } from "./migration-error";
import { describeHolders } from "./watch-locks";

const pollMs = 250;
const tellEveryMs = 10_000;

/** Opens one connection of the owner; an address, or whoever fences its connections. */
export type OpenConnection = (options: { onWarning?: (message: string) => void; onClose?: () => void }) => Sql;

export type MigratorSessions = {
  /** The one that migrates. */
  sql: Sql;
  /** A second one, opened when it is first needed, to see what the first waits for. */
  watch: () => Sql;
  /** Throws MigrationError where this is not the only migrator any more. */
  requireAlone: () => void;
};

export type AloneOptions = {
  onWarning?: (message: string) => void;
  /** Told for whom it waits. */
  onLine?: (line: string) => void;
  /** Ends the waiting with its reason. */
  signal?: AbortSignal;
};

export function connectionsTo(url: string): OpenConnection {
  return (options) => openClient(url, { max: 1, applicationName: "securyflex-console migrator", ...options });
}

/**
 * Does `work` while no other migrator works on the same database; waits for one that does. The first connection that
 * `work` gets is its own.
 */
export async function asOnlyMigrator<Result>(
  to: string | OpenConnection,
  work: (sessions: MigratorSessions) => Promise<Result>,
  { onWarning, onLine = () => {}, signal }: AloneOptions = {},
): Promise<Result> {
  const open = typeof to === "string" ? connectionsTo(to) : to;
  let isAlone = false;
  const guard = open({ onClose: () => (isAlone = false) });
  const sql = open(onWarning ? { onWarning } : {});
  let watching: Sql | undefined;
  const sessions: MigratorSessions = {
    sql,
    watch: () => (watching ??= open({})),
    requireAlone: () => {
      if (!isAlone)
        throw new MigrationError("It stopped: the lock of the only migrator was lost. Run it again; it goes on there.");
    },
  };
  let working: Promise<Result> | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const attempt = await guard.begin("isolation level read committed", async (transaction) => {
        // Held by a transaction of its own without a snapshot, so that it neither ends with a statement nor holds up
        // CREATE INDEX CONCURRENTLY, and works behind a pooler. Waiting inside PostgreSQL would hold a snapshot, and
        // so would the portal that the extended protocol leaves open: hence `simple`.
        await transaction`set local idle_in_transaction_session_timeout = 0`;
        const [lock] = await transaction<{ isMine: boolean }[]>`
          select pg_try_advisory_xact_lock(hashtextextended('securyflex-console migrations', 0)) as "isMine"`.simple();
        isAlone = lock?.isMine ?? false;
        if (!isAlone) return undefined;
        working = endOrphans(sql).then(() => work(sessions));
        return { result: await working };
      });
      if (attempt) return (attempt as { result: Result }).result;
      if (performance.now() - toldAt > tellEveryMs) {
        const { who } = await describeHolders(sql, guardKey);
        if (who) onLine(`Another migrator works on this database: ${who}. This one waits for it.`);
        toldAt = performance.now();
      }
      await sleep(pollMs);
    }
  } catch (error) {
    // The guard's transaction breaks at once; the statement that runs meanwhile is waited for, and none follows it.
    if (working) return await working;
    throw error;
  } finally {
    await Promise.all([guard, sql, watching].map((client) => client?.end({ timeout: 2 })));
  }
}
