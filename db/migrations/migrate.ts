import type { Sql } from "../connections";
import { isAlreadyThere } from "./adoption";
import { createLedger, hasLedger, readLedger } from "./ledger";
import { MigrationError } from "./migration-error";
import type { Migration } from "./migration-files";
import { type AloneOptions, asOnlyMigrator, type MigratorSessions, type OpenConnection } from "./only-migrator";
import { refuseDrift } from "./refuse-drift";
import { runScript } from "./run-script";
import { type Patience, type ScriptRun, usualPatience } from "./script-run";
import { readMarks, type Side, strikeMarks } from "./statement-ledger";

export { MigrationError };

export type MigrationProgress = {
  migration: Migration;
  step: "applied" | "adopted" | "rolled back" | "left in place";
  durationMs: number;
  /** What the server could not give, a sentence each; the migration stands without it. */
  warnings: string[];
};

export type MigrateOptions = Pick<AloneOptions, "onLine" | "signal"> & {
  onProgress?: (progress: MigrationProgress) => void;
  onStep?: ScriptRun["onStep"];
  patience?: Patience;
};

/**
 * Applies every pending migration, one migrator at a time for a database, and returns what it did. A roll-back that was
 * cut off is brought to its end first. Throws MigrationError where an applied file was edited, a statement fails, or a
 * lock cannot be had in ten tries, and the reason of `signal` when it is called off.
 * Needs a direct connection of the owner of the tables; creating extensions and roles may need a superuser.
 */
export async function migrateUp(
  to: string | OpenConnection,
  migrations: Migration[],
  { through = Number.POSITIVE_INFINITY, ...options }: MigrateOptions & { through?: number } = {},
): Promise<MigrationProgress[]> {
  return migrateEach(to, options, async ({ sql }, run, report) => {
    await createLedger(sql);
    const cutOff = (await readMarks(sql)).filter(({ side }) => side === "down");
    if (cutOff.length > 0) await rollBackNewest(sql, { migrations, run, report });
    const ledger = await readLedger(sql);
    refuseDrift(migrations, ledger);
    for (const migration of migrations.slice(ledger.length).filter(({ version }) => version <= through)) {
      const startedAt = performance.now();
      const hasBegun = (await readMarks(sql)).some(({ version }) => version === migration.version);
      // What a script outside a transaction leaves behind when it is cut off is ours, and not to be adopted.
      const isAdopted = !hasBegun && (await isAlreadyThere(sql, migration));
      const record = async (executor: Sql) => {
        await executor`
          insert into console_migrations.ledger (version, name, checksum, origin, duration_ms)
          values (${migration.version}, ${migration.name}, ${migration.checksum},
                  ${isAdopted ? "adopted" : "applied"}, ${Math.round(performance.now() - startedAt)})`;
        await strikeMarks(executor, migration.version);
      };
      if (isAdopted) await record(sql);
      else await run(migration, "up", record);
      report(migration, isAdopted ? "adopted" : "applied", startedAt);
    }
  });
}

/**
 * Rolls back the newest migrations, `steps` of them, newest first. One that was adopted is struck from the ledger and
 * what it describes is left in place: it was there before. Throws MigrationError where a statement fails, a newer
 * migration was cut off half way up, or the newest is not the version `newest`.
 */
export async function migrateDown(
  to: string | OpenConnection,
  migrations: Migration[],
  { steps = 1, newest, ...options }: MigrateOptions & { steps?: number; newest?: number } = {},
): Promise<MigrationProgress[]> {
  return migrateEach(to, options, async ({ sql }, run, report) => {
    if (await hasLedger(sql)) await createLedger(sql);
    const last = (await readLedger(sql)).at(-1);
    if (newest !== undefined && last?.version !== newest)
      throw new MigrationError(`Nothing was rolled back: ${last?.name ?? "no migration"} is the newest by now.`);
    for (let step = 0; step < steps; step += 1) {
      if (!(await rollBackNewest(sql, { migrations, run, report }))) return;
    }
  });
}

type Run = (migration: Migration, side: Side, record: (executor: Sql) => Promise<unknown>) => Promise<void>;
type Report = (migration: Migration, step: MigrationProgress["step"], startedAt: number) => void;

/** False where nothing is applied. */
async function rollBackNewest(
  sql: Sql,
  { migrations, run, report }: { migrations: Migration[]; run: Run; report: Report },
): Promise<boolean> {
  const ledger = await readLedger(sql);
  refuseDrift(migrations, ledger);
  const newest = ledger.at(-1);
  if (!newest) return false;
  await refuseHalfApplied(sql, migrations);
  const { version, origin } = newest;
  const migration = migrations[version - 1] as Migration;
  const startedAt = performance.now();
  const strike = async (executor: Sql) => {
    await executor`delete from console_migrations.ledger where version = ${version}`;
    await strikeMarks(executor, version);
  };
  if (origin === "adopted") await strike(sql);
  else await run(migration, "down", strike);
  report(migration, origin === "adopted" ? "left in place" : "rolled back", startedAt);
  return true;
}

async function refuseHalfApplied(sql: Sql, migrations: Migration[]): Promise<void> {
  const half = (await readMarks(sql)).find(({ side }) => side === "up");
  if (!half) return;
  const label = migrations[half.version - 1]?.label ?? `Migration ${half.version}`;
  throw new MigrationError(
    `Nothing was rolled back: ${label} was cut off half way. Apply it to its end, then roll it back.`,
  );
}

async function migrateEach(
  to: string | OpenConnection,
  { onProgress = () => {}, onLine = () => {}, onStep = () => {}, patience = usualPatience, signal }: MigrateOptions,
  work: (sessions: MigratorSessions, run: Run, report: Report) => Promise<void>,
): Promise<MigrationProgress[]> {
  const done: MigrationProgress[] = [];
  let warnings: string[] = [];
  const report: Report = (migration, step, startedAt) => {
    const progress = { migration, step, durationMs: Math.round(performance.now() - startedAt), warnings };
    warnings = [];
    done.push(progress);
    onProgress(progress);
  };
  await asOnlyMigrator(
    to,
    (sessions) => {
      const run: Run = (migration, side, record) =>
        runScript({ migration, side, script: migration[side], sessions, patience, onLine, onStep, signal }, record);
      return work(sessions, run, report);
    },
    { onWarning: (warning) => warnings.push(warning), onLine, ...(signal && { signal }) },
  );
  return done;
}
