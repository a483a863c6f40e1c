import { and, eq } from "drizzle-orm";

import { tell } from "../../deliveries/tell";
import type { Transaction } from "../../operation";
import { opsOffers, securityProfessionals } from "../../schema";

export type Offer = typeof opsOffers.$inferSelect;
export type OfferEnding = { state: Exclude<Offer["state"], "open">; note?: string | null; runId: string };

/**
 * Ends an open offer and tells of it. False, and nothing done, where it has ended. The caller holds the lock on the
 * shift, so that of all who end an offer or take its shift one goes first.
 */
export async function endOffer(
  transaction: Transaction,
  offerId: number,
  { state, note = null, runId }: OfferEnding,
): Promise<boolean> {
  const [ended] = await transaction
    .update(opsOffers)
    .set({ state, note, endedAt: new Date() })
    .where(and(eq(opsOffers.id, offerId), eq(opsOffers.state, "open")))
    .returning();
  if (!ended) return false;
  const [guard] = await transaction
    .select({ userId: securityProfessionals.userId })
    .from(securityProfessionals)
    .where(eq(securityProfessionals.id, ended.professionalId));
  const data = { offer_id: ended.id, guard_id: ended.professionalId, outcome: state, note };
  await tell(transaction, { shiftId: ended.shiftId, runId, data }, [
    ...(guard ? [{ userId: guard.userId, type: "shift_offer_ended" as const }] : []),
    { type: "offer_ended" },
  ]);
  return true;
}

/** Ends what is offered of a shift whose guard changes by another way. ops_offers_open_shift_id_idx. */
export async function withdrawOffers(transaction: Transaction, shiftId: number, runId: string): Promise<void> {
  const open = await transaction
    .select({ id: opsOffers.id })
    .from(opsOffers)
    .where(and(eq(opsOffers.shiftId, shiftId), eq(opsOffers.state, "open")));
  for (const { id } of open)
    await endOffer(transaction, id, { state: "withdrawn", note: "The shift was changed.", runId });
}

/** The offer under lock, as it stands; the caller holds the lock on its shift. Undefined where there is none. */
export async function lockOffer(transaction: Transaction, offerId: number): Promise<Offer | undefined> {
  const [offer] = await transaction.select().from(opsOffers).where(eq(opsOffers.id, offerId)).for("update");
  return offer;
}
