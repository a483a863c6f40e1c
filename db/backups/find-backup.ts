import type { PlanContext } from "../operation";
import { OperationRefusal } from "../operation";
import { type Backup, getBackup } from "./catalogue";
import { readSourceFacts, type SourceFacts } from "./read-snapshot";

export type FoundBackup = { backup: Backup; source: SourceFacts };

/** A backup by its id, of the database that the console watches. Throws OperationRefusal where it is none. */
export async function findBackup({ console: db, securyflex }: PlanContext, id: string): Promise<FoundBackup> {
  const backup = await getBackup(db, id);
  if (!backup) throw new OperationRefusal(`There is no backup ${id}. The page of the backups names those there are.`);
  const source = await readSourceFacts(securyflex);
  if (backup.source !== source.source)
    throw new OperationRefusal(`${id} is of another database: ${backup.databaseName} of another server.`);
  return { backup, source };
}

/** Why a backup cannot be read now. */
export function refusalsOfBackup({ id, state, proof, proofNote }: Backup): string[] {
  if (state !== "complete") return [`${id} is ${state === "taking" ? "not complete yet" : state}.`];
  return proof === "damaged" ? [`${id} is damaged. ${proofNote ?? ""}`.trim()] : [];
}

/** Why it may not be used to restore: only a proved one is. */
export function refusalsOfUnproved(backup: Backup): string[] {
  const refusals = refusalsOfBackup(backup);
  if (refusals.length > 0 || backup.proof === "proved") return refusals;
  return [`${backup.id} was never proved by a restore. Verify it first.`];
}
