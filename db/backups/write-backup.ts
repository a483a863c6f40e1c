import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";

import { readEnvironment } from "../environment";
import { OperationRefusal, type RunContext } from "../operation";
import { backupUrl, folderOfBackup, folderOfSource, halfOfBackup } from "./backup-place";
import { type BackupSession, openBackupSession } from "./backup-session";
import { type Backup, beginBackup, completeBackup, failBackup, getBackup } from "./catalogue";
import { findClientPrograms } from "./client-programs";
import { dumpName, listFiles, type Manifest, writeManifest } from "./manifest";
import { readSnapshot, type SourceFacts } from "./read-snapshot";
import { runClient } from "./run-client";
import { sweepBackups } from "./sweep-backups";

export const takeFailpoints = ["backup begun", "dumped", "manifest written", "renamed", "catalogued"] as const;
const parallel = Math.min(4, availableParallelism());

/**
 * Takes a backup of SecuryFlex: dump and manifest out of one snapshot, in a folder that gets its name when it is
 * complete. Leaves nothing behind where it fails or is called off. Throws OperationRefusal.
 */
export async function writeBackup(context: RunContext, source: SourceFacts): Promise<Backup> {
  const url = backupUrl(readEnvironment());
  const programs = findClientPrograms(source.serverMajor);
  const session = await openBackupSession(url, context.runId);
  const id = nameOf(new Date());
  const half = halfOfBackup(source.source, id);
  const whole = folderOfBackup(source.source, id);
  const startedAt = performance.now();
  try {
    for (const what of await sweepBackups(context.console, session.sql, { ...source, ownRunId: context.runId }))
      await context.log(`Cleared ${what}, which a dead process left.`);
    const { serverVersion, database: databaseName } = source;
    await context.write((db) =>
      beginBackup(db, { id, runId: context.runId, source: source.source, databaseName, serverVersion }),
    );
    await mkdir(half, { recursive: true, mode: 0o700 });
    context.reach("backup begun");
    const snapshot = await readSnapshot(session.sql, context, async (exported) => {
      await context.log(`pg_dump ${programs.major} writes ${id} from snapshot ${exported}.`);
      const flags = [
        "--format=directory",
        "--compress=1",
        `--jobs=${parallel}`,
        `--snapshot=${exported}`,
        `--file=${join(half, dumpName)}`,
        "--lock-wait-timeout=10s",
      ];
      await runClient(programs, "pg_dump", flags, { url, sessionName: session.name, signal: context.signal });
      context.reach("dumped");
    });
    await context.progress({ phase: "hashes the files", doneRatio: null });
    const files = await listFiles(half, context.signal);
    const { source: from, database, serverMajor } = source;
    const manifest: Manifest = {
      ...{ format: 1, id, source: from, database, serverVersion, serverMajor, clientMajor: programs.major },
      ...snapshot,
      files,
    };
    const manifestHash = await writeManifest(half, manifest);
    context.reach("manifest written");
    context.signal.throwIfAborted();
    await publish(session, half, whole, folderOfSource(from));
    context.reach("renamed");
    const measured = {
      snapshotAt: new Date(snapshot.snapshotAt),
      durationSeconds: (performance.now() - startedAt) / 1000,
      sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      databaseBytes: snapshot.databaseBytes,
      rowCount: snapshot.tables.reduce((sum, { rowCount }) => sum + rowCount, 0),
      manifestHash,
    };
    if (!(await context.write((db) => completeBackup(db, id, measured))))
      throw new OperationRefusal(`${id} was given up by another process.`);
    context.reach("catalogued");
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    const standing = await getBackup(context.console, id).catch(() => undefined);
    if (standing && standing.state !== "complete") {
      await rm(whole, { recursive: true, force: true });
      await failBackup(context.console, id, error instanceof OperationRefusal ? error.message : "It was called off.");
    }
    throw error;
  } finally {
    await session.close();
  }
  return (await getBackup(context.console, id)) as Backup;
}

/** Refused where the session was ended: another attempt has begun. */
async function publish(session: BackupSession, half: string, whole: string, folder: string): Promise<void> {
  await session.sql`select 1`;
  await rename(half, whole);
  const directory = await open(folder, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Sorts by time, and is short enough to type. */
function nameOf(at: Date): string {
  const stamp = at.toISOString().replace(/[-:]/g, "").slice(0, 13).replace("T", "-");
  return `${stamp}-${randomBytes(2).toString("hex")}`;
}
