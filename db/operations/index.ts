import type { Operation } from "../operation";
import { analyzeTable } from "./analyze-table";
import { cancelQuery } from "./cancel-query";
import { createIndexConcurrently } from "./create-index-concurrently";
import { disableAccount } from "./disable-account";
import { dropIndexConcurrently } from "./drop-index-concurrently";
import { enableAccount } from "./enable-account";
import { endSessions } from "./end-sessions";
import { reindexIndexConcurrently } from "./reindex-index-concurrently";
import { terminateBackend } from "./terminate-backend";
import { vacuumTable } from "./vacuum-table";

/** Every operation, in the order in which the console offers them. */
export const operations: readonly Operation[] = [
  analyzeTable,
  vacuumTable,
  cancelQuery,
  terminateBackend,
  createIndexConcurrently,
  reindexIndexConcurrently,
  dropIndexConcurrently,
  disableAccount,
  enableAccount,
  endSessions,
];

/** Undefined where there is none of this id. */
export function findOperation(id: string | undefined): Operation | undefined {
  return operations.find((operation) => operation.id === id);
}
