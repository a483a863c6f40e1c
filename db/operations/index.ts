import type { Operation } from "../operation";
import { analyzeTable } from "./analyze-table";
import { cancelQuery } from "./cancel-query";
import { createIndexConcurrently } from "./create-index-concurrently";
import { deleteBackup } from "./delete-backup";
import { disableAccount } from "./disable-account";
import { dropIndexConcurrently } from "./drop-index-concurrently";
import { enableAccount } from "./enable-account";
import { endSessions } from "./end-sessions";
import { migrateAll } from "./migrate-all";
import { migrateNext } from "./migrate-next";
import { reindexIndexConcurrently } from "./reindex-index-concurrently";
import { restoreBackup } from "./restore-backup";
import { restoreTable } from "./restore-table";
import { rollBackMigration } from "./roll-back-migration";
import { switchDatabase } from "./switch-database";
import { takeBackup } from "./take-backup";
import { terminateBackend } from "./terminate-backend";
import { vacuumTable } from "./vacuum-table";
import { verifyBackup } from "./verify-backup";

/** Every operation, in the order in which the console offers them. */
export const operations: readonly Operation[] = [
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
