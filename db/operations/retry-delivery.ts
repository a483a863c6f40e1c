import { eq, sql } from "drizzle-orm";
import { z } from "zod";

import { defineOperation, OperationRefusal, type Transaction } from "../operation";
import { opsDeliveries as deliveries } from "../schema";

type Delivery = typeof deliveries.$inferSelect;

export const retryDelivery = defineOperation({
  id: "retry-delivery",
  title: "Send a message again",
  purpose: "Sends a message that its receiver did not take once more, from its first attempt on.",
  risk: "low",
  permission: "deliveries.retry",
  changes: "rows",
  input: z.object({ delivery: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) }),
  fields: [{ name: "delivery", label: "Message", hint: "Its number, as the list of messages has it." }],
  plan: async ({ securyflex }, { delivery: id }) => {
    const delivery = await findDelivery(securyflex, id);
    return {
      target: `message:${id}`,
      exclusiveKey: `message:${id}`,
      summary: `Sends message ${id} (${delivery.type}) again${delivery.shiftId === null ? "" : ` of shift ${delivery.shiftId}`}.`,
      consequences: [
        "A receiver that has had it already knows it by its id.",
        "What was told of the shift since then may have arrived before it.",
        ...(delivery.failure ? [`Last time: ${delivery.failure}`] : []),
      ],
      refusals: refuseRetry(delivery),
      statements: [],
      basis: { state: delivery.state, attempts: delivery.attempts },
    };
  },
  run: (context, _, { delivery: id }) =>
    context.transact(async (transaction) => {
      const delivery = await findDelivery(transaction, id, true);
      const [refusal] = refuseRetry(delivery);
      if (refusal) throw new OperationRefusal(`Nothing was done. ${refusal}`);
      await transaction
        .update(deliveries)
        .set({ state: "waiting", attempts: 0, dueAt: sql`now()`, leasedUntil: null, settledAt: null })
        .where(eq(deliveries.id, id));
      return {
        outcome: {
          summary: `Message ${id} is sent again.`,
          proof: [
            { label: "State", before: delivery.state, after: "waiting" },
            { label: "Attempts", before: String(delivery.attempts), after: "0" },
          ],
        },
        changes: [],
      };
    }),
  undo: undefined,
  timeoutSeconds: 60,
});

function refuseRetry({ id, state, attempts, leasedUntil }: Delivery): string[] {
  if (state === "delivered") return [`Message ${id} is delivered.`];
  if (leasedUntil !== null) return [`Message ${id} is being sent at this moment.`];
  return state === "waiting" && attempts === 0 ? [`Message ${id} is about to be sent.`] : [];
}

async function findDelivery(db: Pick<Transaction, "select">, id: number, isLocked = false): Promise<Delivery> {
  const query = db.select().from(deliveries).where(eq(deliveries.id, id));
  const [delivery] = isLocked ? await query.for("update") : await query;
  if (!delivery) throw new OperationRefusal(`There is no message ${id}.`);
  return delivery;
}
