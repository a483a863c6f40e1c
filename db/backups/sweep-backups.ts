import { rm } from "node:fs/promises";

import type postgres from "postgres";

import type { ConsoleDatabase } from "../connections";
import { folderOfBackup, halfOfBackup } from "./backup-place";
import { listLivingRuns } from "./backup-session";
import { failBackup, listBackups, listTaking } from "./catalogue";
import { runFormatted } from "./run-formatted";

const scratchPrefix = "ops_scratch_";

/** The database in which one run restores to look; its name leads back to the run. */
export const scratchOf = (runId: string) => `${scratchPrefix}${runId.replaceAll("-", "")}`;

/**
 * Clears up what runs left whose process is dead: half backups with their rows, and scratch databases. `ownRunId`
 * counts as dead: it begins again. Returns what was cleared.
 */
export async function sweepBackups(
  db: ConsoleDatabase,
  sql: postgres.ReservedSql,
  { source, ownRunId }: { source: string; ownRunId: string },
): Promise<string[]> {
  const cleared: string[] = [];
  const living = await listLivingRuns(sql);
  living.delete(ownRunId);
  for (const { id, runId } of await listTaking(db, source)) {
    if (living.has(runId)) continue;
    await rm(halfOfBackup(source, id), { recursive: true, force: true });
    await rm(folderOfBackup(source, id), { recursive: true, force: true });
    await failBackup(db, id, "Its process died; what it had written was removed.");
    cleared.push(`backup ${id}`);
  }
  for (const { id, state } of await listBackups(db, source))
    if (state === "deleted") await rm(folderOfBackup(source, id), { recursive: true, force: true });
  const alive = new Set([...living].map(scratchOf));
  const scratches = await sql<{ name: string }[]>`
    select datname as name from pg_database where starts_with(datname, ${scratchPrefix})`;
  for (const { name } of scratches) {
    if (alive.has(name)) continue;
    await dropDatabase(sql, name);
    cleared.push(`database ${name}`);
  }
  return cleared;
}

/** Ends its sessions; no harm where there is none. */
export async function dropDatabase(sql: postgres.ReservedSql, name: string): Promise<void> {
  await runFormatted(sql, "drop database if exists %I with (force)", name);
}
