import type { Operation } from "../operation";
import { acknowledgeIncident } from "./acknowledge-incident";
import { analyzeTable } from "./analyze-table";
import { bulkCancel } from "./bulk-cancel";
import { bulkReassign } from "./bulk-reassign";
import { bulkUnassign } from "./bulk-unassign";
import { cancelQuery } from "./cancel-query";
import { cancelShift } from "./cancel-shift";
import { changeAssignmentRule } from "./change-assignment-rule";
import { closeIncident } from "./close-incident";
import { createIndexConcurrently } from "./create-index-concurrently";
import { deleteBackup } from "./delete-backup";
import { disableAccount } from "./disable-account";
import { dropIndexConcurrently } from "./drop-index-concurrently";
import { enableAccount } from "./enable-account";
import { endEvidence } from "./end-evidence";
import { endSessions } from "./end-sessions";
import { makeSlaReport } from "./make-sla-report";
import { measureBloat } from "./measure-bloat";
import { migrateAll } from "./migrate-all";
import { migrateNext } from "./migrate-next";
import { offerShift } from "./offer-shift";
import { reassignShift } from "./reassign-shift";
import { recordOfferAnswer } from "./record-offer-answer";
import { reindexIndexConcurrently } from "./reindex-index-concurrently";
import { restoreBackup } from "./restore-backup";
import { restoreTable } from "./restore-table";
import { retryDelivery } from "./retry-delivery";
import { rollBackMigration } from "./roll-back-migration";
import { setSlaTarget } from "./set-sla-target";
import { shareEvidence } from "./share-evidence";
import { splitShift } from "./split-shift";
import { swapGuards } from "./swap-guards";
import { switchDatabase } from "./switch-database";
import { takeBackup } from "./take-backup";
import { terminateBackend } from "./terminate-backend";
import { trySlaDefinition } from "./try-sla-definition";
import { unassignShift } from "./unassign-shift";
import { undoReassignment } from "./undo-reassignment";
import { vacuumTable } from "./vacuum-table";
import { verifyBackup } from "./verify-backup";
import { withdrawOffer } from "./withdraw-offer";

/** Every operation, in the order in which the console offers them. */
export const operations: readonly Operation[] = [
  reassignShift,
  offerShift,
  recordOfferAnswer,
  withdrawOffer,
  unassignShift,
  swapGuards,
  splitShift,
  bulkReassign,
  bulkUnassign,
  undoReassignment,
  cancelShift,
  bulkCancel,
  acknowledgeIncident,
  closeIncident,
  changeAssignmentRule,
  retryDelivery,
  shareEvidence,
  endEvidence,
  makeSlaReport,
  setSlaTarget,
  trySlaDefinition,
  analyzeTable,
  vacuumTable,
  measureBloat,
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
