import { desc, getTableColumns, isNull, sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import { findings, panelReadings } from "../console/schema";

export type Finding = {
  id: number;
  panel: string;
  subject: string;
  severity: "warning" | "critical";
  sentence: string;
  /** Of the judged column, in its unit. */
  value: number;
  beganAt: Date;
  lastSeenAt: Date;
};

/** The findings that hold, critical ones first, then the longest. findings_open_key. */
export async function listOpenFindings(db: ConsoleDatabase): Promise<Finding[]> {
  const { id, panel, subject, severity, sentence, value, beganAt, lastSeenAt } = findings;
  return db
    .select({ id, panel, subject, severity, sentence, value, beganAt, lastSeenAt })
    .from(findings)
    .where(isNull(findings.endedAt))
    .orderBy(desc(sql`${findings.severity} = 'critical'`), findings.beganAt, findings.id);
}

const { measured, ...standing } = getTableColumns(panelReadings);

/** What the worker read last, without the numbers, of which a panel may have hundreds. */
export type PanelState = Omit<typeof panelReadings.$inferSelect, "measured">;

/** The newest answer of each panel to the worker; a panel that was never asked is not among them. */
export async function listPanelStates(db: ConsoleDatabase): Promise<PanelState[]> {
  return db.select(standing).from(panelReadings);
}

/** The same with the numbers of its history, row by row. */
export async function listPanelMeasurements(db: ConsoleDatabase): Promise<(typeof panelReadings.$inferSelect)[]> {
  return db.select({ ...standing, measured }).from(panelReadings);
}
