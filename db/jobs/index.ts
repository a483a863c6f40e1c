import { anchorAudit } from "./anchor-audit";
import { backUp } from "./back-up";
import { checkFeatures } from "./check-features";
import { correctSla } from "./correct-sla";
import { countCheckins } from "./count-checkins";
import { deliverMessages } from "./deliver-messages";
import { deliverReports } from "./deliver-reports";
import { freezeSla } from "./freeze-sla";
import type { Job } from "./job";
import { proveBackup } from "./prove-backup";
import { pruneChanges } from "./prune-changes";
import { pruneFormerShifts } from "./prune-former-shifts";
import { pruneRecords } from "./prune-records";
import { reachShifts } from "./reach-shifts";
import { readPanels } from "./read-panels";
import { readStatements } from "./read-statements";
import { reportSla } from "./report-sla";
import { settleOffers } from "./settle-offers";
import { tellSlaLive } from "./tell-sla-live";
import { verifyAudit } from "./verify-audit";
import { watchBoard } from "./watch-board";
import { watchServer } from "./watch-server";

/** Every job of the worker. */
export const jobs: readonly Job[] = [
  watchServer,
  watchBoard,
  deliverMessages,
  reachShifts,
  settleOffers,
  countCheckins,
  readPanels,
  readStatements,
  checkFeatures,
  anchorAudit,
  verifyAudit,
  backUp,
  proveBackup,
  freezeSla,
  correctSla,
  tellSlaLive,
  reportSla,
  deliverReports,
  pruneRecords,
  pruneChanges,
  pruneFormerShifts,
];
