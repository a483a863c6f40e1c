import { restoreBackup } from "../../../db/operations/restore-backup";
import { onServer } from "../../support/templates";
import type { BackupStage } from "./backup-stage";

export type BackupWorld = {
  stage: BackupStage;
  /** A backup that is proved. */
  id: string;
  /** Databases that runs restored or kept, the newest last. */
  made: string[];
};

/** What a run of each operation on backups is asked for, with what must stand before it; a switch comes last. */
export const backupDeaths: Record<string, (world: BackupWorld) => Promise<unknown>> = {
  "take-backup": async ({ stage }) => ({ database: stage.database }),
  "verify-backup": async ({ id }) => ({ backup: id }),
  "restore-table": async ({ stage, id }) => {
    await stage.owner`drop table if exists incidents`;
    return { backup: id, table: "incidents" };
  },
  "restore-backup": async (world) => {
    await dropMade(world);
    return { backup: world.id };
  },
  "delete-backup": async ({ stage }) => {
    const worker = await stage.startWorker();
    const id = await stage.take();
    await worker.stop();
    return { backup: id };
  },
  "switch-database": async ({ stage, id, made }) => {
    const worker = await stage.startWorker();
    const beside = made.at(-1) ?? (await stage.carryOut(restoreBackup, { backup: id })).target;
    await worker.stop();
    return { database: beside };
  },
};

/** Drops the databases that runs restored or kept. */
export async function dropMade({ stage, made }: BackupWorld): Promise<void> {
  await onServer(stage.environment.DATABASE_URL as string, async (sql) => {
    for (const name of made.splice(0)) await sql`drop database if exists ${sql(name)} with (force)`;
  });
}
