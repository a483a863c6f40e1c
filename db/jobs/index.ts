import { anchorAudit } from "./anchor-audit";
import { backUp } from "./back-up";
import { checkFeatures } from "./check-features";
import { countCheckins } from "./count-checkins";
import type { Job } from "./job";
import { proveBackup } from "./prove-backup";
import { pruneChanges } from "./prune-changes";
import { pruneFormerShifts } from "./prune-former-shifts";
import { pruneRecords } from "./prune-records";
import { readPanels } from "./read-panels";
import { readStatements } from "./read-statements";
import { verifyAudit } from "./verify-audit";
import { watchBoard } from "./watch-board";
import { watchServer } from "./watch-server";

/** Every job of the worker. */
export const jobs: readonly Job[] = [
  watchServer,
  watchBoard,
  countCheckins,
  readPanels,
  readStatements,
  checkFeatures,
  anchorAudit,
  verifyAudit,
  backUp,
  proveBackup,
  pruneRecords,
  pruneChanges,
  pruneFormerShifts,
];
