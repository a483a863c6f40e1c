import type { Sql } from "../connections";
import { isAlreadyThere } from "./adoption";
import { createLedger, hasBegun, type LedgerRow, readLedger } from "./ledger";
import { MigrationError } from "./migration-error";
import type { Migration } from "./migration-files";
import { asOnlyMigrator } from "./only-migrator";
import { runScript } from "./run-script";

export { MigrationError };

export type MigrationProgress = {
  migration: Migration;
  step: "applied" | "adopted" | "rolled back" | "left in place";
  durationMs: number;
  /** What the server could not give, a sentence each; the migration stands without it. */
  warnings: string[];
};

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
  return migrateEach(url, onProgress, async (sql, report) => {
    await createLedger(sql);
    const ledger = await readLedger(sql);
    refuseDrift(migrations, ledger);
    for (const migration of migrations.slice(ledger.length).filter(({ version }) => version <= through)) {
      const startedAt = performance.now();
      const isAdopted = !(await hasBegun(sql, migration.version)) && (await isAlreadyThere(sql, migration));
      const record = async (executor: Sql) => {
        await executor`
          insert into console_migrations.ledger (version, name, checksum, origin, duration_ms)
          values (${migration.version}, ${migration.name}, ${migration.checksum},
                  ${isAdopted ? "adopted" : "applied"}, ${Math.round(performance.now() - startedAt)})`;
        await executor`delete from console_migrations.begun where version = ${migration.version}`;
      };
      if (isAdopted) {
        await record(sql);
      } else {
        // What a script outside a transaction leaves behind when it is cut off is ours, and not to be adopted.
        if (!migration.up.isTransactional) {
          await sql`insert into console_migrations.begun (version) values (${migration.version}) on conflict do nothing`;
        }
        await runScript(sql, migration, migration.up, record);
      }
      report(migration, isAdopted ? "adopted" : "applied", startedAt);
    }
  });
}

/**
 * Rolls back the newest migrations, `steps` of them, newest first. One that was adopted is struck from the ledger and
 * what it describes is left in place: it was there before. Throws MigrationError where a statement fails.
 */
export async function migrateDown(
  url: string,
  migrations: Migration[],
  { onProgress = () => {}, steps = 1 }: Options & { steps?: number } = {},
): Promise<MigrationProgress[]> {
  return migrateEach(url, onProgress, async (sql, report) => {
    const ledger = await readLedger(sql);
    refuseDrift(migrations, ledger);
    for (const { version, origin } of ledger.toReversed().slice(0, steps)) {
      const migration = migrations[version - 1] as Migration;
      const startedAt = performance.now();
      const strike = (executor: Sql) => executor`delete from console_migrations.ledger where version = ${version}`;
      if (origin === "adopted") await strike(sql);
      else await runScript(sql, migration, migration.down, strike);
      report(migration, origin === "adopted" ? "left in place" : "rolled back", startedAt);
    }
  });
}

type Report = (migration: Migration, step: MigrationProgress["step"], startedAt: number) => void;

async function migrateEach(
  url: string,
  onProgress: (progress: MigrationProgress) => void,
  work: (sql: Sql, report: Report) => Promise<void>,
): Promise<MigrationProgress[]> {
  const done: MigrationProgress[] = [];
  let warnings: string[] = [];
  await asOnlyMigrator(
    url,
    (sql) =>
      work(sql, (migration, step, startedAt) => {
        const progress = { migration, step, durationMs: Math.round(performance.now() - startedAt), warnings };
        warnings = [];
        done.push(progress);
        onProgress(progress);
      }),
    (warning) => warnings.push(warning),
  );
  return done;
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
        `${migration.label} was edited after it was applied. Put the file back and write a further migration.`,
      );
    }
  }
}
