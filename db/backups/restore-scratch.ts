import { availableParallelism } from "node:os";
import { join } from "node:path";

import { readEnvironment } from "../environment";
import { OperationRefusal, type RunContext } from "../operation";
import { backupUrl, folderOfBackup, onDatabaseOf } from "./backup-place";
import { type BackupSession, openBackupSession } from "./backup-session";
import type { Backup } from "./catalogue";
import { findClientPrograms } from "./client-programs";
import { compareDatabase } from "./compare-database";
import { createDatabaseLike } from "./create-database-like";
import { checkFiles, dumpName, type Manifest, readManifest } from "./manifest";
import { runClient } from "./run-client";
import { dropDatabase, scratchOf, sweepBackups } from "./sweep-backups";

export const scratchFailpoints = ["scratch created", "restored", "compared"] as const;
const parallel = Math.min(4, availableParallelism());

export type Inspection = {
  /** None where every byte, row and rule is as it was. */
  faults: string[];
  /** From the first byte that was read to the last check. */
  restoreSeconds: number;
  manifest: Manifest | undefined;
};

/** What the files of a backup say against it; its manifest where that can be read. */
export async function inspectFiles(
  backup: Backup,
  signal: AbortSignal,
): Promise<{ faults: string[]; manifest: Manifest | undefined }> {
  const folder = folderOfBackup(backup.source, backup.id);
  const manifest = await readManifest(folder, backup.manifestHash as string);
  if ("fault" in manifest) return { faults: [manifest.fault], manifest: undefined };
  return { faults: await checkFiles(folder, manifest, signal), manifest };
}

/**
 * Restores a backup into a scratch database and holds it against its manifest: files first, then rows, schema and
 * rules. Where nothing is wrong `keep` gets the scratch database; it is dropped in the end unless `keep` renamed it.
 * Throws OperationRefusal where it could not be told.
 */
export async function restoreScratch(
  context: RunContext,
  backup: Backup,
  keep: (session: BackupSession, scratch: string) => Promise<void> = async () => undefined,
): Promise<Inspection> {
  const url = backupUrl(readEnvironment());
  const session = await openBackupSession(url, context.runId);
  const scratch = scratchOf(context.runId);
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  try {
    for (const what of await sweepBackups(context.console, session.sql, { ...backup, ownRunId: context.runId }))
      await context.log(`Cleared ${what}, which a dead process left.`);
    await context.progress({ phase: "reads every file", doneRatio: null });
    const { faults, manifest } = await inspectFiles(backup, context.signal);
    if (!manifest || faults.length > 0) return { faults, manifest, restoreSeconds: seconds() };
    await context.log(`${manifest.files.length} files are as they were written; restores into ${scratch}.`);
    await createDatabaseLike(session.sql, scratch);
    context.reach("scratch created");
    await context.progress({ phase: "restores", doneRatio: null });
    const programs = findClientPrograms(manifest.clientMajor);
    const target = onDatabaseOf(url, scratch);
    const dump = join(folderOfBackup(backup.source, backup.id), dumpName);
    await runClient(
      programs,
      "pg_restore",
      ["--exit-on-error", "--no-subscriptions", `--jobs=${parallel}`, `--dbname=${scratch}`, dump],
      { url: target, sessionName: session.name, signal: context.signal },
    );
    context.reach("restored");
    const differences = await compareDatabase(target, manifest, { context, sessionName: session.name });
    const restoreSeconds = seconds();
    context.reach("compared");
    if (differences.length === 0) await keep(session, scratch);
    return { faults: differences, manifest, restoreSeconds };
  } finally {
    await dropDatabase(session.sql, scratch).catch((error: unknown) => context.log(describeLeft(scratch, error)));
    await session.close();
  }
}

const describeLeft = (scratch: string, error: unknown) =>
  `${scratch} was not dropped; the next run clears it. ${error instanceof Error ? error.message : ""}`;

/** A sentence of at most three faults. */
export function describeFaults(faults: readonly string[]): string {
  const more = faults.length - 3;
  return `${faults.slice(0, 3).join(" ")}${more > 0 ? ` And ${more} more.` : ""}`;
}

/** Throws OperationRefusal where a backup that is about to be used has faults. */
export function refuseFaults(backup: Backup, faults: readonly string[]): void {
  if (faults.length > 0) throw new OperationRefusal(`${backup.id} was not restored. ${describeFaults(faults)}`);
}
