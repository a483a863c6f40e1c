import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderOfSource } from "../../../db/backups/backup-place";
import { readSource } from "../../../db/backups/catalogue";
import { backups } from "../../../db/console/backups";
import { startWorker, type Worker } from "../../../db/jobs/worker";
import type { Operation } from "../../../db/operation";
import type { ListedRun } from "../../../db/operations/runs/list-runs";
import { takeBackup } from "../../../db/operations/take-backup";
import { verifyBackup } from "../../../db/operations/verify-backup";
import { playScene } from "../../support/scene";
import { openStage, type Stage } from "../operations/stage";

export type BackupStage = Stage & {
  database: string;
  /** Where the backups of this stage are. */
  folder: string;
  startWorker: () => Promise<Worker>;
  /** Asks and waits for the end. */
  carryOut: (operation: Operation, input: unknown) => Promise<ListedRun>;
  /** The id of a new backup. */
  take: () => Promise<string>;
  verify: (id: string) => Promise<ListedRun>;
  listRows: () => Promise<(typeof backups.$inferSelect)[]>;
  /** What a dead process may leave: scratch databases and sessions of this stage's runs. */
  listLeftovers: () => Promise<string[]>;
};

/** A stage on which the scene is played, whose backups go to a folder of its own. */
export async function openBackupStage(): Promise<BackupStage> {
  const stage = await openStage();
  const directory = mkdtempSync(join(tmpdir(), "securyflex-backups-"));
  const variables = { ...stage.environment, BACKUP_DIRECTORY: directory };
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
  Object.assign(process.env, variables);
  await playScene(stage.owner);
  const { source, database } = await readSource(stage.securyflex);
  const own: BackupStage = {
    ...stage,
    database,
    folder: folderOfSource(source),
    startWorker: () =>
      startWorker(stage.environment, { jobs: [], tickSeconds: 0.1, stopSeconds: 5, log: () => undefined }),
    carryOut: async (operation, input) => stage.ended((await stage.ask(operation, input)).id),
    take: async () => {
      const run = await own.carryOut(takeBackup, { database });
      const id = run.proof?.find(({ label }) => label === "Backup")?.after;
      if (!id) throw new Error(`No backup was taken: ${run.outcome}`);
      return id;
    },
    verify: (id) => own.carryOut(verifyBackup, { backup: id }),
    listRows: () => stage.console.select().from(backups).orderBy(backups.beganAt),
    listLeftovers: async () => {
      const runs = await stage.consoleOwner<{ id: string }[]>`select id::text from operation_runs`;
      const ids = runs.map(({ id }) => id);
      const rows = await stage.owner<{ name: string }[]>`
        select datname as name from pg_database where datname = any(${ids.map((id) => `ops_scratch_${id.replaceAll("-", "")}`)})
        union all
        select application_name from pg_stat_activity
        where application_name = any(${ids.map((id) => `securyflex-console backup ${id}`)})`;
      return rows.map(({ name }) => name);
    },
    close: async () => {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      rmSync(directory, { recursive: true, force: true });
      await stage.close();
    },
  };
  return own;
}
