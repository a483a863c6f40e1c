import { setTimeout as sleep } from "node:timers/promises";

import postgres from "postgres";

import type { Sql } from "../connections";
import { isSharedTuple } from "./logins";
import { MigrationError } from "./migration-error";
import { type Migration, type MigrationScript, splitStatements } from "./migration-files";

const lockTimeoutMs = 2_000;
const lockAttempts = 10;
const lockNotAvailable = "55P03";
const deadlockDetected = "40P01";

/**
 * Runs one side of a migration and `record` with it: in one transaction, or, where the script says so, statement by
 * statement with `record` after the last. Names resolve in public, then in `extensions`. A lock that is not free, or
 * a role that another migrator of the server changes at the same moment, is tried ten times.
 * Throws MigrationError when a statement fails.
 */
export async function runScript(
  sql: Sql,
  migration: Migration,
  script: MigrationScript,
  record: (executor: Sql) => Promise<unknown>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (script.isTransactional) await runInTransaction(sql, script, record);
      else await runStatements(sql, script, record);
      return;
    } catch (error) {
      if (!(error instanceof postgres.PostgresError)) throw error;
      if (!isPassing(error) || attempt === lockAttempts) {
        throw new MigrationError(explain(migration, error), { cause: error });
      }
      await sleep(200 * attempt * (0.5 + Math.random()));
    }
  }
}

async function runInTransaction(sql: Sql, script: MigrationScript, record: (executor: Sql) => Promise<unknown>) {
  await sql.begin(async (transaction) => {
    await transaction.unsafe(
      `set local search_path = public, extensions; set local statement_timeout = 0; set local lock_timeout = ${lockTimeoutMs}`,
    );
    await transaction.unsafe(script.text);
    await record(transaction as unknown as Sql);
  });
}

async function runStatements(sql: Sql, script: MigrationScript, record: (executor: Sql) => Promise<unknown>) {
  await sql`set statement_timeout = 0`;
  try {
    for (const statement of splitStatements(script.text)) await sql.unsafe(statement);
    await sql.begin((transaction) => record(transaction as unknown as Sql));
  } finally {
    await sql`reset statement_timeout`;
  }
}

function isPassing(error: postgres.PostgresError): boolean {
  return error.code === lockNotAvailable || error.code === deadlockDetected || isSharedTuple(error);
}

function explain({ label }: Migration, error: postgres.PostgresError): string {
  if (error.code === lockNotAvailable) {
    return `${label} did not run: a lock was not free in ${lockAttempts} tries of ${lockTimeoutMs / 1000} s. Nothing was changed; run it again when the table is quieter.`;
  }
  const detail = error.detail ? ` (${error.detail})` : "";
  return `${label} did not run: ${error.message}${detail}. Migrations before it stand; mend the cause and run it again.`;
}
