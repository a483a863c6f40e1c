import { setTimeout as sleep } from "node:timers/promises";

import postgres from "postgres";

import { openClient, type Sql } from "../connections";
import { createLedger, type LedgerRow, readLedger } from "./ledger";
import { type Migration, type MigrationScript, splitStatements } from "./migration-files";

/** A migration did not run. The message says what stands in the way and what to do. */
export class MigrationError extends Error {}

export type MigrationProgress = {
  migration: Migration;
  step: "applied" | "adopted" | "rolled back";
  durationMs: number;
};

const lockTimeoutMs = 2_000;
const lockAttempts = 10;
const lockNotAvailable = "55P03";

type Options = { onProgress?: (progress: MigrationProgress) => void };

/**
 * Applies every pending migration, one migrator at a time for a database, and returns what it did.
 * Throws MigrationError where an applied file was edited, a statement fails, or a lock cannot be had in ten tries.
 * Needs a direct connection of the owner of the tables; creating extensions and roles may need a superuser.
 */
export async function migrateUp(
  url: string,
  migrations: Migration[],
  { onProgress = () => {}, through = Number.POSITIVE_INFINITY }: Options & { through?: number } = {},
): Promise<MigrationProgress[]> {
  return asOnlyMigrator(url, async (sql) => {
    await createLedger(sql);
    const ledger = await readLedger(sql);
    refuseDrift(migrations, ledger);
    const done: MigrationProgress[] = [];
    for (const migration of migrations.slice(ledger.length).filter(({ version }) => version <= through)) {
      const startedAt = performance.now();
      const isAdopted = await isAlreadyThere(sql, migration.up);
      const record = (executor: Sql) => executor`
        insert into console_migrations.ledger (version, name, checksum, origin, duration_ms)
        values (${migration.version}, ${migration.name}, ${migration.checksum},
                ${isAdopted ? "adopted" : "applied"}, ${Math.round(performance.now() - startedAt)})`;
      if (isAdopted) await record(sql);
      else await runScript(sql, migration, migration.up, record);
      const durationMs = Math.round(performance.now() - startedAt);
      const progress = { migration, step: isAdopted ? "adopted" : "applied", durationMs } as const;
      done.push(progress);
      onProgress(progress);
    }
    return done;
  });
}

/**
 * Rolls back the newest migrations, `steps` of them, newest first.
 * Throws MigrationError for one that was adopted: what it describes was there before.
 */
export async function migrateDown(
  url: string,
  migrations: Migration[],
  { onProgress = () => {}, steps = 1 }: Options & { steps?: number } = {},
): Promise<MigrationProgress[]> {
  return asOnlyMigrator(url, async (sql) => {
    const ledger = await readLedger(sql);
    refuseDrift(migrations, ledger);
    const done: MigrationProgress[] = [];
    for (const row of ledger.toReversed().slice(0, steps)) {
      const migration = migrations[row.version - 1] as Migration;
      if (row.origin === "adopted") {
        throw new MigrationError(
          `${label(migration)} was not rolled back: its tables were here before the console and are not its to remove.`,
        );
      }
      const startedAt = performance.now();
      await runScript(
        sql,
        migration,
        migration.down,
        (executor) => executor`delete from console_migrations.ledger where version = ${migration.version}`,
      );
      const durationMs = Math.round(performance.now() - startedAt);
      const progress = { migration, step: "rolled back", durationMs } as const;
      done.push(progress);
      onProgress(progress);
    }
    return done;
  });
}

async function asOnlyMigrator<Result>(url: string, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const options = { max: 1, applicationName: "securyflex-console migrator" };
  const [guard, sql] = [openClient(url, options), openClient(url, options)];
  try {
    let result: Result | undefined;
    await guard.begin(async (transaction) => {
      // Held by a transaction of its own without a snapshot, so that it neither ends with a statement nor holds up
      // CREATE INDEX CONCURRENTLY, and works behind a pooler.
      await transaction`set local idle_in_transaction_session_timeout = 0`;
      await transaction`select pg_advisory_xact_lock(hashtextextended('securyflex-console migrations', 0))`;
      result = await work(sql);
    });
    return result as Result;
  } finally {
    await Promise.all([guard.end(), sql.end()]);
  }
}

async function isAlreadyThere(sql: Sql, script: MigrationScript): Promise<boolean> {
  if (!script.adoptQuery) return false;
  const [row] = await sql.unsafe<Record<string, boolean>[]>(script.adoptQuery);
  return Object.values(row ?? {})[0] === true;
}

async function runScript(
  sql: Sql,
  migration: Migration,
  script: MigrationScript,
  record: (executor: Sql) => Promise<unknown>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (script.isTransactional) {
        await sql.begin(async (transaction) => {
          await transaction.unsafe(`set local lock_timeout = ${lockTimeoutMs}`);
          await transaction.unsafe(script.text);
          await record(transaction as unknown as Sql);
        });
      } else {
        for (const statement of splitStatements(script.text)) await sql.unsafe(statement);
        await record(sql);
      }
      return;
    } catch (error) {
      if (!(error instanceof postgres.PostgresError)) throw error;
      const isLocked = error.code === lockNotAvailable;
      if (!isLocked || attempt === lockAttempts) throw new MigrationError(explain(migration, error), { cause: error });
      await sleep(200 * attempt * (0.5 + Math.random()));
    }
  }
}

function explain(migration: Migration, error: postgres.PostgresError): string {
  if (error.code === lockNotAvailable) {
    return `${label(migration)} did not run: a lock was not free in ${lockAttempts} tries of ${lockTimeoutMs / 1000} s. Nothing was changed; run it again when the table is quieter.`;
  }
  const detail = error.detail ? ` (${error.detail})` : "";
  return `${label(migration)} did not run: ${error.message}${detail}. Migrations before it stand; mend the cause and run it again.`;
}

function refuseDrift(migrations: Migration[], ledger: LedgerRow[]): void {
  for (const [position, row] of ledger.entries()) {
    const migration = migrations[position];
    if (migration?.version !== row.version) {
      throw new MigrationError(
        `The database is ahead: its ledger holds ${String(row.version).padStart(4, "0")}_${row.name}, which this checkout does not have. Run a newer console.`,
      );
    }
    if (migration.checksum !== row.checksum) {
      throw new MigrationError(
        `${label(migration)} was edited after it was applied. Put the file back and write a further migration.`,
      );
    }
  }
}

export function label(migration: Pick<Migration, "version" | "name">): string {
  return `${String(migration.version).padStart(4, "0")}_${migration.name}`;
}
