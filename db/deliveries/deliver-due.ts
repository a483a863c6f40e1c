import type { Database } from "../connections";
import { type Claimed, claimDeliveries, settleDelivery } from "./claim-deliveries";
import { type Answer, type Receiver, sendMessage } from "./receiver";

const mostAtOnce = 8;

export type DeliveredCounts = { sentCount: number; failedCount: number };

/** Sends once what is due, a few subjects at once, each outside of any transaction, and records what became of it. */
export async function deliverDue(
  operate: Database,
  { receiver, asOf, timeoutMs }: { receiver: Receiver; asOf: Date; timeoutMs?: number },
): Promise<DeliveredCounts> {
  const claimed = await claimDeliveries(operate, { asOf, most: mostAtOnce });
  const answers = await Promise.all(
    claimed.map(async (delivery) => {
      const answer = await sendDelivery(receiver, delivery, { sentAt: asOf, ...(timeoutMs ? { timeoutMs } : {}) });
      await settleDelivery(operate, delivery, answer, asOf);
      return answer;
    }),
  );
  const failedCount = answers.filter(({ failure }) => failure !== null).length;
  return { sentCount: answers.length - failedCount, failedCount };
}

/** One delivery as its receiver gets it: the same id and body at each attempt. */
export function sendDelivery(
  receiver: Receiver,
  { messageId, type, userId, body, createdAt }: Claimed,
  way: { sentAt: Date; timeoutMs?: number },
): Promise<Answer> {
  const text = JSON.stringify({ id: messageId, type, at: createdAt.toISOString(), user_id: userId, data: body });
  return sendMessage(receiver, { messageId, body: text }, way);
}
