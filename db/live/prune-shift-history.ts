import { and, inArray, lt } from "drizzle-orm";

import type { Database } from "../connections";
import { opsShiftHistory } from "../schema";

/**
 * Deletes what shifts were until before `before`: no board goes back that far. Returns how many rows went. Needs
 * console_ops; ops_shift_history_is_reconstructed_until_at_idx.
 */
export async function pruneShiftHistory(db: Database, { before }: { before: Date }): Promise<number> {
  const deleted = await db
    .delete(opsShiftHistory)
    .where(and(inArray(opsShiftHistory.isReconstructed, [true, false]), lt(opsShiftHistory.untilAt, before)));
  return deleted.count;
}
