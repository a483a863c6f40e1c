import type { Response } from "express";

import { consoleDatabase } from "../../db/connections";
import { recordAuditEvent } from "../../db/console/record-audit-event";
import type { SignedIn } from "../auth/signed-in";
import type { CsvFile } from "./send-csv.server";

/** Puts on record that a file began to leave, and how that ended, with what it was asked for. */
export function recordExport(
  res: Response,
  { staff }: SignedIn,
  { action, target, told }: { action: string; target: string; told: Record<string, unknown> },
): CsvFile["record"] {
  return (outcome, rows, reason) =>
    recordAuditEvent(consoleDatabase(), {
      ...{ staffId: staff.id, action, target, outcome },
      reason: reason ?? null,
      details: { ...told, rows },
      requestId: res.locals.requestId ?? null,
    });
}
