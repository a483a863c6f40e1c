import type { Sql } from "../connections";
import type { Migration, MigrationScript } from "./migration-files";
import type { MigratorSessions } from "./only-migrator";
import type { ScriptStatement } from "./parse-script";
import type { Side } from "./statement-ledger";
import { type LockLook, watchLocks } from "./watch-locks";

/** How a lock that is not free is tried for: short tries, so that nobody queues behind a long one. */
export type Patience = { lockTimeoutMs: number; lockAttempts: number };

export const usualPatience: Patience = { lockTimeoutMs: 2_000, lockAttempts: 10 };

/** Where a migrator may die. A test kills one at each, of each statement. */
export const migrationSteps = [
  "statement begins",
  "statement ended",
  "statement recorded",
  "migration recorded",
] as const;
export type MigrationStep = (typeof migrationSteps)[number];

export type StepDetails = { migration: Migration; side: Side; statement: ScriptStatement | undefined; of: number };

/** One side of a migration on its way. */
export type ScriptRun = {
  migration: Migration;
  side: Side;
  script: MigrationScript;
  sessions: MigratorSessions;
  patience: Patience;
  /** Told what it waits for, a sentence each. */
  onLine: (line: string) => void;
  onStep: (step: MigrationStep, details: StepDetails) => void | Promise<void>;
  /** Cancels the statement that runs. */
  signal: AbortSignal | undefined;
};

/**
 * Runs one statement under the eyes of a second session, cancelled by the run's signal and by `stop`. Throws what the
 * server says; MigrationError where this is not the only migrator any more.
 */
export async function executeStatement(
  { migration, side, sessions, signal, onStep }: ScriptRun,
  {
    executor,
    statement,
    of,
    onLook,
    stop,
  }: {
    executor: Sql;
    statement: ScriptStatement;
    of: number;
    onLook: (look: LockLook) => void;
    stop?: AbortSignal;
  },
): Promise<void> {
  const details = { migration, side, statement, of };
  await onStep("statement begins", details);
  sessions.requireAlone();
  signal?.throwIfAborted();
  const [own] = await executor<{ pid: number }[]>`select pg_backend_pid() as pid`;
  await watchLocks(sessions.watch, own?.pid as number, onLook, async () => {
    const query = executor.unsafe(statement.text);
    const cancel = () => query.cancel();
    for (const each of [signal, stop]) each?.addEventListener("abort", cancel, { once: true });
    try {
      await query;
    } finally {
      for (const each of [signal, stop]) each?.removeEventListener("abort", cancel);
    }
  });
  await onStep("statement ended", details);
}

/** What a transaction of a migration needs. */
export async function readyTransaction(transaction: Sql, { lockTimeoutMs }: Patience): Promise<void> {
  await transaction.unsafe(
    `set local search_path = public, extensions; set local statement_timeout = 0; set local lock_timeout = ${lockTimeoutMs}`,
  );
}
