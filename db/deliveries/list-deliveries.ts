import { and, asc, desc, eq, getTableColumns, gt, or, sql } from "drizzle-orm";

import type { Database } from "../connections";
import { opsDeliveries as deliveries, users } from "../schema";

export type Delivery = Omit<typeof deliveries.$inferSelect, "body" | "messageId" | "leasedUntil" | "userId"> & {
  /** Whom it is for; null for a change that concerns no one person. */
  userName: string | null;
};

const { body, messageId, leasedUntil, userId, ...shown } = getTableColumns(deliveries);

function listDeliveries(db: Pick<Database, "select">) {
  return db
    .select({ ...shown, userName: users.fullName })
    .from(deliveries)
    .leftJoin(users, eq(users.id, deliveries.userId));
}

/** What was told of a shift, newest first. ops_deliveries_shift_id_id_idx. */
export async function listShiftDeliveries(db: Database, shiftId: number, most = 40): Promise<Delivery[]> {
  return listDeliveries(db).where(eq(deliveries.shiftId, shiftId)).orderBy(desc(deliveries.id)).limit(most);
}

/** What a run told, in its order. ops_deliveries_run_id_idx. */
export async function listRunDeliveries(db: Database, runId: string): Promise<Delivery[]> {
  return listDeliveries(db).where(eq(deliveries.runId, runId)).orderBy(asc(deliveries.id)).limit(100);
}

/** What is dead, then what waits after a failure; newest first. ops_deliveries_dead_id_idx. */
export async function listTroubledDeliveries(db: Database, most = 100): Promise<Delivery[]> {
  return listDeliveries(db)
    .where(or(eq(deliveries.state, "dead"), and(eq(deliveries.state, "waiting"), gt(deliveries.attempts, 0))))
    .orderBy(sql`${deliveries.state} = 'waiting'`, desc(deliveries.id))
    .limit(most);
}

/** How many wait and how many are dead. */
export async function countDeliveries(db: Database): Promise<{ waitingCount: number; deadCount: number }> {
  const [row] = await db.execute<{ waitingCount: number; deadCount: number }>(sql`
    select (select count(*)::integer from ops_deliveries where state = 'waiting') as "waitingCount",
           (select count(*)::integer from ops_deliveries where state = 'dead') as "deadCount"`);
  return { waitingCount: row?.waitingCount ?? 0, deadCount: row?.deadCount ?? 0 };
}
