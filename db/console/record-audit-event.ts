import type { ConsoleDatabase } from "../connections";
import { auditEvents } from "./schema";

export type AuditEvent = typeof auditEvents.$inferInsert;

/** Appends one event to the trail, also inside a transaction of `db`. Returns its id. */
export async function recordAuditEvent(db: Pick<ConsoleDatabase, "insert">, event: AuditEvent): Promise<number> {
  const [row] = await db.insert(auditEvents).values(event).returning({ id: auditEvents.id });
  return (row as { id: number }).id;
}
