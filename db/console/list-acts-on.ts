import { asc, desc, eq } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import type { AuditOutcome } from "./list-audit-events";
import { auditEvents, staff } from "./schema";

export type Act = {
  id: number;
  at: Date;
  action: string;
  outcome: AuditOutcome;
  details: Record<string, unknown>;
  /** Null when nobody was signed in. */
  staffName: string | null;
};

/** The newest 100 events of the trail about `target`, oldest first. audit_events_target_at_idx. */
export async function listActsOn(db: ConsoleDatabase, target: string): Promise<Act[]> {
  const newest = db
    .select({
      id: auditEvents.id,
      at: auditEvents.at,
      action: auditEvents.action,
      outcome: auditEvents.outcome,
      details: auditEvents.details,
      staffName: staff.fullName,
    })
    .from(auditEvents)
    .leftJoin(staff, eq(staff.id, auditEvents.staffId))
    .where(eq(auditEvents.target, target))
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .limit(100)
    .as("newest");
  return db.select().from(newest).orderBy(asc(newest.at), asc(newest.id));
}
