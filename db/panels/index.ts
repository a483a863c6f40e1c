import type { Panel } from "../panel";
import { archiver } from "./archiver";
import { autovacuumWorkers } from "./autovacuum-workers";
import { blockedSessions } from "./blocked-sessions";
import { cacheAndReads } from "./cache-and-reads";
import { changedSettings } from "./changed-settings";
import { checkpoints } from "./checkpoints";
import { commandProgress } from "./command-progress";
import { connectionLimits } from "./connection-limits";
import { connectionSaturation } from "./connection-saturation";
import { connectionsByClient } from "./connections-by-client";
import { costlyStatements } from "./costly-statements";
import { databaseActivity } from "./database-activity";
import { databaseSizes } from "./database-sizes";
import { duplicateIndexes } from "./duplicate-indexes";
import { hitRatios } from "./hit-ratios";
import { idleInTransaction } from "./idle-in-transaction";
import { indexBloat } from "./index-bloat";
import { invalidIndexes } from "./invalid-indexes";
import { ioByBackend } from "./io-by-backend";
import { missingForeignKeyIndexes } from "./missing-foreign-key-indexes";
import { narrowChildKeys } from "./narrow-child-keys";
import { preparedTransactions } from "./prepared-transactions";
import { relationSizes } from "./relation-sizes";
import { replication } from "./replication";
import { replicationSlots } from "./replication-slots";
import { runningStatements } from "./running-statements";
import { sequences } from "./sequences";
import { settingsAdvice } from "./settings-advice";
import { staleStatistics } from "./stale-statistics";
import { statementCapacity } from "./statement-capacity";
import { statementMeans } from "./statement-means";
import { tableBloat } from "./table-bloat";
import { tableTransactionAges } from "./table-transaction-ages";
import { transactionIdAge } from "./transaction-id-age";
import { unusedIndexes } from "./unused-indexes";
import { vacuumHealth } from "./vacuum-health";
import { waitEvents } from "./wait-events";
import { walWritten } from "./wal-written";
import { xminHolders } from "./xmin-holders";

/** Every panel, in the order of the menu. */
export const panels: readonly Panel[] = [
  costlyStatements,
  statementMeans,
  statementCapacity,
  unusedIndexes,
  duplicateIndexes,
  invalidIndexes,
  missingForeignKeyIndexes,
  tableBloat,
  indexBloat,
  vacuumHealth,
  staleStatistics,
  xminHolders,
  transactionIdAge,
  tableTransactionAges,
  autovacuumWorkers,
  commandProgress,
  connectionSaturation,
  connectionLimits,
  connectionsByClient,
  idleInTransaction,
  preparedTransactions,
  runningStatements,
  blockedSessions,
  waitEvents,
  databaseActivity,
  hitRatios,
  cacheAndReads,
  ioByBackend,
  databaseSizes,
  relationSizes,
  sequences,
  narrowChildKeys,
  walWritten,
  checkpoints,
  archiver,
  replication,
  replicationSlots,
  changedSettings,
  settingsAdvice,
];
