import { setTimeout as sleep } from "node:timers/promises";

import type postgres from "postgres";

import { openClient, type Sql } from "../connections";
import { OperationRefusal } from "../operation";

const prefix = "securyflex-console backup ";
const leaveWithinSeconds = 20;

/** Under which everything that one run does with backups stands in pg_stat_activity: under 63 bytes. */
export const backupSessionName = (runId: string) => `${prefix}${runId}`;

export type BackupSession = {
  /** One connection, which is never opened again: what it was holding tells that the run lives. */
  sql: postgres.ReservedSql;
  name: string;
  close: () => Promise<void>;
};

/**
 * Opens the session that tells all others that this run lives, after those of its earlier attempts have ended. Throws
 * OperationRefusal where one of them stays.
 */
export async function openBackupSession(url: string, runId: string): Promise<BackupSession> {
  const name = backupSessionName(runId);
  const client = openClient(url, { max: 1, applicationName: name, idleSeconds: 86_400 });
  try {
    const sql = await client.reserve();
    await sql`select set_config('idle_in_transaction_session_timeout', '0', false),
      set_config('statement_timeout', '0', false), set_config('lock_timeout', '5s', false)`;
    for (const deadline = Date.now() + leaveWithinSeconds * 1000; ; await sleep(100)) {
      const left = await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = ${name} and pid <> pg_backend_pid()`;
      if (left.length === 0) return { sql, name, close: () => client.end({ timeout: 2 }) };
      if (Date.now() > deadline)
        throw new OperationRefusal(`A session of an earlier attempt did not end within ${leaveWithinSeconds} s.`);
    }
  } catch (error) {
    await client.end({ timeout: 2 });
    throw error;
  }
}

/** Runs that have a session on the server now. */
export async function listLivingRuns(sql: Sql | postgres.ReservedSql): Promise<Set<string>> {
  const rows = await sql<{ runId: string }[]>`
    select substr(application_name, ${prefix.length + 1}) as "runId" from pg_stat_activity
    where starts_with(application_name, ${prefix})`;
  return new Set(rows.map(({ runId }) => runId));
}
