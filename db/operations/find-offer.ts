import { and, eq } from "drizzle-orm";
import type { z } from "zod";

import { OperationRefusal, type PlanContext } from "../operation";
import { opsOffers } from "../schema";
import type { Offer } from "../shifts/offers/end-offer";
import { inZone, shiftFields, shiftInputs } from "./find-shift";

export const offerInputs = { shift: shiftInputs.shift, offer: shiftInputs.shift.optional() };

export const offerFields = [
  shiftFields.shift,
  { name: "offer", label: "Offer", hint: "Its number. Leave it out for the one that is open.", isOptional: true },
];

/** The offer named, or the one that is open of a shift. Throws OperationRefusal where there is none. */
export async function findOffer(
  securyflex: PlanContext["securyflex"],
  { shift, offer: id }: z.output<z.ZodObject<typeof offerInputs>>,
): Promise<Offer> {
  const [offer] = await securyflex
    .select()
    .from(opsOffers)
    .where(and(eq(opsOffers.shiftId, shift), id === undefined ? eq(opsOffers.state, "open") : eq(opsOffers.id, id)));
  if (offer) return offer;
  throw new OperationRefusal(id === undefined ? `Shift ${shift} is offered to nobody.` : `There is no such offer.`);
}

/** Why nothing is done to an offer any more; none while it is open. */
export function refuseEnded(offer: Offer | undefined, timeZone: string): string[] {
  if (!offer) return ["There is no such offer any more."];
  if (offer.state === "open") return [];
  const at = offer.endedAt ? `, ${inZone(offer.endedAt, timeZone)}` : "";
  return [`Offer ${offer.id} is ${offer.state}${at}${offer.note ? `: ${offer.note}` : "."}`];
}
