import { setTimeout as sleep } from "node:timers/promises";

import { lapseDeliveries } from "../deliveries/claim-deliveries";
import { deliverDue } from "../deliveries/deliver-due";
import { readReceiver } from "../deliveries/receiver";
import { readEnvironment } from "../environment";
import { defineJob } from "./job";

const slotSeconds = 60;
const beatMs = 1_000;
export const lapseHours = 24;

export const deliverMessages = defineJob({
  id: "deliver-messages",
  title: "Deliver messages",
  purpose: `Sends notifications and changes to the webhook, each at least once; while none is set, what is ${lapseHours} hours old lapses.`,
  schedule: "* * * * *",
  timeoutSeconds: 90,
  attempts: 3,
  yields: true,
  run: async ({ operate, signal, slot }) => {
    const receiver = readReceiver(readEnvironment());
    if (!receiver) {
      const before = new Date(slot.getTime() - lapseHours * 3_600_000);
      return `No webhook is set: WEBHOOK_URL. ${await lapseDeliveries(operate, { before, asOf: new Date() })} messages lapsed.`;
    }
    const endMs = +slot + slotSeconds * 1000;
    let [sent, failed] = [0, 0];
    do {
      const { sentCount, failedCount } = await deliverDue(operate, { receiver, asOf: new Date() });
      sent += sentCount;
      failed += failedCount;
      const pauseMs = Math.min(beatMs, endMs - Date.now());
      if (sentCount === 0 && pauseMs > 0) await sleep(pauseMs, undefined, { signal }).catch(() => {});
    } while (!signal.aborted && Date.now() < endMs);
    return `Delivered ${sent} messages; ${failed} attempts failed.`;
  },
});
