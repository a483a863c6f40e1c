import { inArray } from "drizzle-orm";

import type { Database } from "../../connections";
import { opsDeliveries } from "../../schema";

export type ReportMessage = Pick<
  typeof opsDeliveries.$inferSelect,
  "id" | "messageId" | "state" | "attempts" | "failure" | "settledAt"
>;

/** How the messages stand by which reports left, each under the id of its report. ops_deliveries_message_id_key. */
export async function listReportMessages(db: Database, reportIds: readonly string[]): Promise<ReportMessage[]> {
  if (reportIds.length === 0) return [];
  const { id, messageId, state, attempts, failure, settledAt } = opsDeliveries;
  return db
    .select({ id, messageId, state, attempts, failure, settledAt })
    .from(opsDeliveries)
    .where(inArray(messageId, [...reportIds]));
}
