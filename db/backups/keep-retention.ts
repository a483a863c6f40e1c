import { rm } from "node:fs/promises";

import type { ConsoleDatabase } from "../connections";
import { recordAuditEvent } from "../console/record-audit-event";
import { OperationRefusal, type RunContext } from "../operation";
import { chooseKept, defaultRetention, type Retention, readRetention } from "../rules/backups/choose-kept";
import { folderOfBackup } from "./backup-place";
import { type Backup, listBackups, markDeleted } from "./catalogue";

/** BACKUP_KEEP, or 7 daily, 4 weekly, 6 monthly. Throws OperationRefusal where it is malformed. */
export function retention(): Retention {
  const text = process.env.BACKUP_KEEP;
  if (!text) return defaultRetention;
  const read = readRetention(text);
  if (read) return read;
  throw new OperationRefusal("BACKUP_KEEP is not three numbers such as 7,4,6: daily, weekly, monthly.");
}

/** Complete backups that the retention lets go. */
export async function listExpired(db: ConsoleDatabase, source: string): Promise<Backup[]> {
  const complete = (await listBackups(db, source, 1_000)).filter(({ state }) => state === "complete");
  const kept = chooseKept(
    complete.map(({ id, snapshotAt, proof }) => ({
      id,
      snapshotAt: snapshotAt as Date,
      isProved: proof === "proved",
    })),
    retention(),
  );
  return complete.filter(({ id }) => !kept.has(id));
}

/** Deletes what the retention lets go, each on record. Returns how many. */
export async function keepRetention(context: RunContext, source: string): Promise<number> {
  const expired = await listExpired(context.console, source);
  for (const backup of expired) {
    await deleteBackup(context, backup, "The retention let it go.");
    await context.log(`Deleted ${backup.id}: the retention let it go.`);
  }
  return expired.length;
}

/** First the catalogue says so, on record, then its files go. */
export async function deleteBackup(context: RunContext, { source, id }: Backup, note: string): Promise<void> {
  await context.write(async (db) => {
    if (!(await markDeleted(db, id, note))) return;
    await recordAuditEvent(db, {
      action: "backup.delete",
      target: id,
      outcome: "done",
      reason: note,
      details: { run: context.runId },
    });
  });
  await rm(folderOfBackup(source, id), { recursive: true, force: true });
}
