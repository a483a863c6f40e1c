import { setTimeout as sleep } from "node:timers/promises";

import type { Database } from "../connections";
import { type Environment, readEnvironment } from "../environment";
import { OperationRefusal } from "../operation";
import { recordOfferAnswer } from "../operations/record-offer-answer";
import { requestAsSchedule, runIdFor } from "../operations/runs/request-as-schedule";
import { RunRefusal } from "../operations/runs/run-refusal";
import type { Offer } from "../shifts/offers/end-offer";
import { listDueOffers } from "../shifts/offers/list-offers";
import { settleOffer } from "../shifts/offers/settle-offer";
import { defineJob, type JobContext } from "./job";

const slotSeconds = 60;
const beatMs = 1_000;

export const settleOffers = defineJob({
  id: "settle-offers",
  title: "Settle offers",
  purpose: "Gives a shift to whom it was offered and who took it in the product, and asks the next where one did not.",
  schedule: "* * * * *",
  timeoutSeconds: 90,
  attempts: 3,
  yields: true,
  run: async ({ securyflex, operate, signal, slot }) => {
    const environment = readEnvironment();
    const endMs = +slot + slotSeconds * 1000;
    let settledCount = 0;
    do {
      settledCount += (await settleDueOffers({ securyflex, operate, environment, asOf: new Date() })).length;
      const pauseMs = Math.min(beatMs, endMs - Date.now());
      if (pauseMs > 0) await sleep(pauseMs, undefined, { signal }).catch(() => {});
    } while (!signal.aborted && Date.now() < endMs);
    return `Settled ${settledCount} offers.`;
  },
});

/** Does once what is due of the open offers. Returns what was done, a sentence for each. */
export async function settleDueOffers({
  securyflex,
  operate,
  environment,
  asOf,
}: Pick<JobContext, "securyflex" | "operate"> & { environment: Environment; asOf: Date }): Promise<string[]> {
  const done: string[] = [];
  for (const offer of await listDueOffers(securyflex, asOf)) {
    const refused = offer.answer === "accepted" ? await askForRun(environment, securyflex, offer) : undefined;
    const told = await settleOffer(operate, offer.id, { asOf, ...(refused === undefined ? {} : { refused }) });
    if (told) done.push(told);
  }
  return done;
}

/** Asks once for the run that gives the shift. Returns why it does not, undefined while it may. */
async function askForRun(environment: Environment, securyflex: Database, offer: Offer): Promise<string | undefined> {
  try {
    const { state, endedAt, outcome } = await requestAsSchedule(environment, securyflex, async () => ({
      operation: recordOfferAnswer,
      input: { shift: offer.shiftId, offer: offer.id, answer: "accepted" },
      runId: runIdFor(`offer ${offer.id} of run ${offer.runId}`),
    }));
    return endedAt !== null && state !== "done" ? (outcome ?? `Its run is ${state}.`) : undefined;
  } catch (error) {
    if (error instanceof RunRefusal) return error.kind === "plan" ? error.message : undefined;
    if (error instanceof OperationRefusal) return undefined;
    throw error;
  }
}
