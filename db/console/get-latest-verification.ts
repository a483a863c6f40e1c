import { desc } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import { auditVerifications } from "./schema";

export type Verification = Omit<typeof auditVerifications.$inferSelect, "slot">;

/** What the trail was found to be the last time; undefined before the first. */
export async function getLatestVerification(db: ConsoleDatabase): Promise<Verification | undefined> {
  const { verifiedAt, eventCount, anchorCount, faults } = auditVerifications;
  const [row] = await db
    .select({ verifiedAt, eventCount, anchorCount, faults })
    .from(auditVerifications)
    .orderBy(desc(auditVerifications.slot))
    .limit(1);
  return row;
}
