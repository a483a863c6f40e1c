import type { Operation } from "../operation";
import { acknowledgeIncident } from "./acknowledge-incident";
import { analyzeTable } from "./analyze-table";
import { bulkReassign } from "./bulk-reassign";
import { cancelQuery } from "./cancel-query";
import { cancelShift } from "./cancel-shift";
import { closeIncident } from "./close-incident";
import { createIndexConcurrently } from "./create-index-concurrently";
import { deleteBackup } from "./delete-backup";
import { disableAccount } from "./disable-account";
import { dropIndexConcurrently } from "./drop-index-concurrently";
import { enableAccount } from "./enable-account";
import { endSessions } from "./end-sessions";
import { migrateAll } from "./migrate-all";
import { migrateNext } from "./migrate-next";
import { reassignShift } from "./reassign-shift";
import { reindexIndexConcurrently } from "./reindex-index-concurrently";
import { restoreBackup } from "./restore-backup";
import { restoreTable } from "./restore-table";
import { rollBackMigration } from "./roll-back-migration";
import { splitShift } from "./split-shift";
import { swapGuards } from "./swap-guards";
import { switchDatabase } from "./switch-database";
import { takeBackup } from "./take-backup";
import { terminateBackend } from "./terminate-backend";
import { unassignShift } from "./unassign-shift";
import { undoReassignment } from "./undo-reassignment";
import { vacuumTable } from "./vacuum-table";
import { verifyBackup } from "./verify-backup";

/** Every operation, in the order in which the console offers them. */
export const operations: readonly Operation[] = [
  reassignShift,
  unassignShift,
  swapGuards,
  splitShift,
  bulkReassign,
  undoReassignment,
  cancelShift,
  acknowledgeIncident,
  closeIncident,
  analyzeTable,
  vacuumTable,
  cancelQuery,
  terminateBackend,
  createIndexConcurrently,
  reindexIndexConcurrently,
  dropIndexConcurrently,
  takeBackup,
  verifyBackup,
  restoreTable,
  restoreBackup,
  switchDatabase,
  deleteBackup,
  migrateNext,
  migrateAll,
  rollBackMigration,
  disableAccount,
  enableAccount,
  endSessions,
];

/** Undefined where there is none of this id. */
export function findOperation(id: string | undefined): Operation | undefined {
  return operations.find((operation) => operation.id === id);
}
