import { and, desc, eq, inArray, sql } from "drizzle-orm";

import type { ConsoleDatabase, Database } from "../connections";
import { backups } from "../console/backups";
import type { ConsoleTransaction } from "../operation";

export type Backup = typeof backups.$inferSelect;
type Db = ConsoleDatabase | ConsoleTransaction;

/** Name of a database and its server's system identifier: what a backup belongs to, also after a switch. */
export async function readSource(
  db: Pick<Database, "execute">,
): Promise<{ source: string; database: string; systemIdentifier: string }> {
  const [row] = await db.execute<{ source: string; database: string; systemIdentifier: string }>(sql`
    select current_database() || '-' || system_identifier as source, current_database() as database,
           system_identifier::text as "systemIdentifier"
    from pg_control_system()`);
  return row as { source: string; database: string; systemIdentifier: string };
}

/** Newest first, those that were deleted last month included. backups_source_snapshot_at_idx. */
export async function listBackups(db: Db, source: string, limit = 200): Promise<Backup[]> {
  return db
    .select()
    .from(backups)
    .where(
      and(
        eq(backups.source, source),
        sql`(${backups.state} <> 'deleted' or ${backups.deletedAt} > now() - interval '30 days')`,
      ),
    )
    .orderBy(desc(backups.beganAt), desc(backups.id))
    .limit(limit);
}

export async function getBackup(db: Db, id: string): Promise<Backup | undefined> {
  const [row] = await db.select().from(backups).where(eq(backups.id, id));
  return row;
}

/** The newest complete backup whose restore was proved; undefined where there is none. */
export async function newestProved(db: Db, source: string): Promise<Backup | undefined> {
  const [row] = await db
    .select()
    .from(backups)
    .where(and(eq(backups.source, source), eq(backups.state, "complete"), eq(backups.proof, "proved")))
    .orderBy(desc(backups.snapshotAt))
    .limit(1);
  return row;
}

export async function listTaking(db: Db, source: string): Promise<Backup[]> {
  return db
    .select()
    .from(backups)
    .where(and(eq(backups.source, source), inArray(backups.state, ["taking"])));
}

/** The complete backup that a run took, or that it has begun. */
export async function backupOfRun(db: Db, runId: string): Promise<Backup | undefined> {
  const [row] = await db
    .select()
    .from(backups)
    .where(and(eq(backups.runId, runId), eq(backups.state, "complete")));
  return row;
}

export async function beginBackup(
  db: Db,
  row: Pick<Backup, "id" | "runId" | "source" | "databaseName" | "serverVersion">,
): Promise<void> {
  await db.insert(backups).values({ ...row, state: "taking" });
}

export async function completeBackup(
  db: Db,
  id: string,
  measured: {
    snapshotAt: Date;
    durationSeconds: number;
    sizeBytes: number;
    databaseBytes: number;
    rowCount: number;
    manifestHash: string;
  },
): Promise<boolean> {
  const rows = await db
    .update(backups)
    .set({ ...measured, state: "complete" })
    .where(and(eq(backups.id, id), eq(backups.state, "taking")))
    .returning({ id: backups.id });
  return rows.length === 1;
}

export async function failBackup(db: Db, id: string, note: string): Promise<void> {
  await db
    .update(backups)
    .set({ state: "failed", note })
    .where(and(eq(backups.id, id), eq(backups.state, "taking")));
}

/** Says that a backup is no more; its files go after. False where it was said before. */
export async function markDeleted(db: Db, id: string, note: string): Promise<boolean> {
  const rows = await db
    .update(backups)
    .set({ state: "deleted", deletedAt: sql`now()`, note })
    .where(and(eq(backups.id, id), eq(backups.state, "complete")))
    .returning({ id: backups.id });
  return rows.length === 1;
}

export async function recordProof(
  db: Db,
  id: string,
  found: { proof: "proved" | "damaged" | "unknown"; note: string; runId: string; restoreSeconds: number | null },
): Promise<void> {
  await db
    .update(backups)
    .set({
      proof: found.proof,
      proofAt: sql`now()`,
      proofNote: found.note,
      proofRunId: found.runId,
      ...(found.proof === "unknown" ? {} : { restoreSeconds: found.restoreSeconds }),
    })
    .where(and(eq(backups.id, id), eq(backups.state, "complete")));
}
