import { and, desc, eq, getTableColumns } from "drizzle-orm";

import type { ConsoleDatabase } from "../../connections";
import { operationRuns } from "../../console/operations";
import { staff } from "../../console/schema";
import { type SlaReport, slaReports } from "../../console/sla-reports";

export type ListedReport = Omit<SlaReport, "document"> & {
  /** Null where the schedule asked for it. */
  madeBy: string | null;
};

/** The newest `most` reports, of one client where it is given. sla_reports_made_at_idx, sla_reports_client_id_from_on_idx. */
export async function listReports(
  db: ConsoleDatabase,
  { clientId, most = 200 }: { clientId?: number; most?: number } = {},
): Promise<ListedReport[]> {
  const { document, ...shown } = getTableColumns(slaReports);
  return db
    .select({ ...shown, madeBy: staff.fullName })
    .from(slaReports)
    .innerJoin(operationRuns, eq(operationRuns.id, slaReports.runId))
    .leftJoin(staff, eq(staff.id, operationRuns.requestedBy))
    .where(and(...(clientId === undefined ? [] : [eq(slaReports.clientId, clientId)])))
    .orderBy(desc(slaReports.madeAt), desc(slaReports.id))
    .limit(most);
}

/** Undefined where there is none. By primary key. */
export async function getReport(db: ConsoleDatabase, id: string): Promise<SlaReport | undefined> {
  const [report] = await db.select().from(slaReports).where(eq(slaReports.id, id));
  return report;
}
