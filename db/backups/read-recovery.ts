import { and, desc, eq } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import { backups } from "../console/backups";

export type Recovery = {
  /** The backup that a restore proved last. */
  id: string;
  provedAt: Date;
  /** From the first byte that was read to the last check. */
  restoreSeconds: number;
  /** What was committed before is in it. */
  snapshotAt: Date;
};

/** What the newest proved backup of a database of this name can do; undefined where none was proved. backups_proved_idx. */
export async function readRecovery(db: ConsoleDatabase, databaseName: string): Promise<Recovery | undefined> {
  const [row] = await db
    .select({
      id: backups.id,
      provedAt: backups.proofAt,
      restoreSeconds: backups.restoreSeconds,
      snapshotAt: backups.snapshotAt,
    })
    .from(backups)
    .where(and(eq(backups.databaseName, databaseName), eq(backups.state, "complete"), eq(backups.proof, "proved")))
    .orderBy(desc(backups.snapshotAt))
    .limit(1);
  return row as Recovery | undefined;
}
