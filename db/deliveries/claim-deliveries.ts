import { and, eq, lt, sql } from "drizzle-orm";

import type { Database } from "../connections";
import { nextAttemptAt } from "../rules/operations/next-attempt";
import { opsDeliveries as deliveries } from "../schema";
import type { Answer } from "./receiver";

export type Claimed = Pick<
  typeof deliveries.$inferSelect,
  "id" | "messageId" | "type" | "userId" | "body" | "attempts" | "createdAt"
>;

const leaseSeconds = 60;

/**
 * Takes what is due for this worker alone, at most `most` and of each subject the first that waits. A lease that ended
 * is of a worker that died: it is taken again. ops_deliveries_waiting_due_at_idx, ops_deliveries_waiting_subject_id_idx;
 * needs console_ops.
 */
export async function claimDeliveries(
  operate: Database,
  { asOf, most }: { asOf: Date; most: number },
): Promise<Claimed[]> {
  const now = sql`${asOf.toISOString()}::timestamptz`;
  return operate.transaction(async (transaction) => {
    const due = await transaction.execute<{ id: string }>(sql`
      select id from ops_deliveries as due
      where state = 'waiting' and due_at <= ${now} and (leased_until is null or leased_until <= ${now})
        and not exists (
          select from ops_deliveries as earlier
          where earlier.subject = due.subject and earlier.state = 'waiting' and earlier.id < due.id
        )
      order by due_at, id
      limit ${most}
      for update skip locked`);
    if (due.length === 0) return [];
    return transaction
      .update(deliveries)
      .set({ attempts: sql`attempts + 1`, leasedUntil: new Date(+asOf + leaseSeconds * 1000) })
      .where(
        sql`id in (${sql.join(
          due.map(({ id }) => sql`${id}::bigint`),
          sql`, `,
        )})`,
      )
      .returning({
        id: deliveries.id,
        messageId: deliveries.messageId,
        type: deliveries.type,
        userId: deliveries.userId,
        body: deliveries.body,
        attempts: deliveries.attempts,
        createdAt: deliveries.createdAt,
      });
  });
}

/** Records what became of an attempt. Returns false, and changes nothing, where a later attempt has begun. */
export async function settleDelivery(
  operate: Database,
  { id, attempts }: Pick<Claimed, "id" | "attempts">,
  { status, failure }: Answer,
  asOf: Date,
): Promise<boolean> {
  const nextAt = failure === null || status === 410 ? null : nextAttemptAt(attempts, asOf, Math.random());
  const settled = await operate
    .update(deliveries)
    .set({
      answeredStatus: status,
      failure,
      leasedUntil: null,
      ...(nextAt ? { dueAt: nextAt } : { state: failure === null ? "delivered" : "dead", settledAt: asOf }),
    })
    .where(and(eq(deliveries.id, id), eq(deliveries.attempts, attempts), eq(deliveries.state, "waiting")))
    .returning({ id: deliveries.id });
  return settled.length > 0;
}

/** Gives up what waits since before `before` while no receiver is set: nobody wants to hear of it later. */
export async function lapseDeliveries(operate: Database, { before, asOf }: { before: Date; asOf: Date }) {
  const lapsed = await operate
    .update(deliveries)
    .set({ state: "lapsed", settledAt: asOf })
    .where(and(eq(deliveries.state, "waiting"), lt(deliveries.createdAt, before)));
  return lapsed.count;
}

/** Deletes what was settled before `before`. Returns how many rows went. ops_deliveries_settled_at_idx. */
export async function pruneDeliveries(operate: Database, { before }: { before: Date }): Promise<number> {
  const deleted = await operate.delete(deliveries).where(lt(deliveries.settledAt, before));
  return deleted.count;
}
