import postgres from "postgres";

import { openClient, type Sql } from "../connections";
import { type Environment, loginUrl } from "../environment";
import { installJobQueues } from "../jobs/install";
import { grantLogins } from "./logins";
import { type MigrationProgress, migrateUp } from "./migrate";
import { MigrationError } from "./migration-error";
import { consoleMigrations, readMigrations, securyflexMigrations } from "./migration-files";
import { asOnlyMigrator } from "./only-migrator";

const oldestServerVersion = 140_000;

type Options = { onProgress?: (line: string) => void };

/**
 * Brings both databases to where this checkout needs them: creates the console's database where it is missing,
 * migrates both, installs the job queues and gives the serving roles their passwords. Safe to repeat and to run twice
 * at once. Throws MigrationError or EnvironmentError with a sentence; errors of the connection come as they are.
 */
export async function prepareDatabases(
  environment: Environment,
  { onProgress = () => {} }: Options = {},
): Promise<void> {
  const [ownerUrl, consoleOwnerUrl] = [migratorUrl(environment), loginUrl(environment, "console_owner")];
  await requireServerVersion(ownerUrl);
  await createConsoleDatabase(environment, onProgress);
  await migrateUp(ownerUrl, readMigrations(securyflexMigrations), tellingOf("SecuryFlex", onProgress));
  await migrateUp(consoleOwnerUrl, readMigrations(consoleMigrations), tellingOf("console", onProgress));
  // Of two installers at once pg-boss leaves the later one in an aborted transaction.
  await asOnlyMigrator(consoleOwnerUrl, () => installJobQueues(consoleOwnerUrl));
  await grantLogins(environment, "owner");
  await grantLogins(environment, "console_owner");
}

/** Address of the owner of SecuryFlex. Throws MigrationError where DATABASE_URL is not set. */
export function migratorUrl(environment: Environment): string {
  if (environment.DATABASE_URL) return environment.DATABASE_URL;
  throw new MigrationError("Nothing was migrated: DATABASE_URL is not set, so there is no owner to migrate as.");
}

/** What a migrator tells of a database: what it waits for, and what became of each migration. */
export function tellingOf(database: string, print: (line: string) => void) {
  return {
    onLine: (line: string) => print(`${database}: ${line}`),
    onProgress: (progress: MigrationProgress) => {
      for (const line of describeProgress(database, progress)) print(line);
    },
  };
}

/** Lines for a log: what happened to one migration, then what the server could not give. */
function describeProgress(database: string, { migration, step, durationMs, warnings }: MigrationProgress) {
  const notes = { applied: "", adopted: ", it was there", "rolled back": "", "left in place": ", it was there before" };
  return [
    `${database} ${migration.label}: ${step}${notes[step]} (${durationMs} ms)`,
    ...warnings.map((warning) => `${database} ${migration.label}: note that ${warning}`),
  ];
}

async function requireServerVersion(url: string): Promise<void> {
  await onClient(url, async (sql) => {
    const [server] = await sql<{ version: number; text: string }[]>`
      select current_setting('server_version_num')::integer as version, current_setting('server_version') as text`;
    if (server && server.version < oldestServerVersion) {
      throw new MigrationError(
        `Nothing was migrated: the server is PostgreSQL ${server.text}, and the console needs 14 or newer.`,
      );
    }
  });
}

async function createConsoleDatabase(environment: Environment, onProgress: (line: string) => void): Promise<void> {
  const url = new URL(loginUrl(environment, "console_owner"));
  const name = decodeURIComponent(url.pathname.slice(1));
  if (await isDatabaseThere(url.href)) return;
  if (environment.CONSOLE_DATABASE_URL) url.pathname = "/postgres";
  const neighbourUrl = environment.CONSOLE_DATABASE_URL ? url.href : migratorUrl(environment);
  await onClient(neighbourUrl, async (sql) => {
    try {
      await sql`create database ${sql(name)}`;
      onProgress(`console: created the database ${name}`);
    } catch (error) {
      if (!(error instanceof postgres.PostgresError)) throw error;
      if (error.code === "42P04" || error.code === "23505") return; // another start was first
      throw new MigrationError(
        `The console's database ${name} is missing and could not be created: ${error.message}. Create it, or name one with CONSOLE_DATABASE_URL.`,
        { cause: error },
      );
    }
  });
}

async function isDatabaseThere(url: string): Promise<boolean> {
  try {
    await onClient(url, (sql) => sql`select 1`);
    return true;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === "3D000") return false;
    throw error;
  }
}

async function onClient(url: string, work: (sql: Sql) => Promise<unknown>): Promise<void> {
  const sql = openClient(url, { max: 1, applicationName: "securyflex-console migrator" });
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
