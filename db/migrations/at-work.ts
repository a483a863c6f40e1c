import { setTimeout as sleep } from "node:timers/promises";

import type { Sql } from "../connections";
import { MigrationError } from "./migration-error";
import { describeHolders } from "./watch-locks";

export const guardKey = "securyflex-console migrations";
const workKey = "securyflex-console migration at work";
const leaveWithinSeconds = 20;

/** Marks a transaction as that of the migrator. */
export async function markTransaction(transaction: Sql): Promise<void> {
  await transaction`select pg_advisory_xact_lock(hashtextextended(${workKey}, 0))`;
}

/** Marks a session, until `unmarkSession` or its end. Not behind a pooler. */
export async function markSession(sql: Sql): Promise<void> {
  await sql`select pg_advisory_lock(hashtextextended(${workKey}, 0))`;
}

export async function unmarkSession(sql: Sql): Promise<void> {
  await sql`select pg_advisory_unlock(hashtextextended(${workKey}, 0))`;
}

/**
 * Ends what dead migrators left at work: a server process does not see that its client is gone while a statement runs or
 * waits. For the only migrator. Throws MigrationError where one stays, or belongs to a role that this one may not end.
 */
export async function endOrphans(sql: Sql): Promise<void> {
  for (const deadline = Date.now() + leaveWithinSeconds * 1000; ; await sleep(100)) {
    const { who, pids } = await describeHolders(sql, workKey);
    if (pids.length === 0) return;
    const isEnded = await sql`select pg_terminate_backend(pid) from unnest(${pids}::integer[]) as pid`.then(
      () => true,
      () => false,
    );
    if (!isEnded || Date.now() > deadline)
      throw new MigrationError(
        `Nothing was migrated: a migrator that died left ${who} at work, and it could not be ended. End it and run this again.`,
      );
  }
}
