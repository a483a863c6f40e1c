import { eq } from "drizzle-orm";

import type { Database } from "../../connections";
import { opsOffers } from "../../schema";
import { lockShifts, type StandingShift } from "../changes/standing-shift";
import { endOffer, lockOffer, type Offer, type OfferEnding } from "./end-offer";
import { offerNext } from "./make-offer";

/**
 * Ends one open offer by the clock, by the guard's no or since its shift changed, and asks the next of its list. A yes
 * that came in time is `refused` with the reason where it cannot be kept; without one it is left alone. Returns what was
 * done, one sentence; undefined where there was nothing to do.
 */
export async function settleOffer(
  operate: Database,
  offerId: number,
  { asOf, refused }: { asOf: Date; refused?: string },
): Promise<string | undefined> {
  const [known] = await operate.select({ shiftId: opsOffers.shiftId }).from(opsOffers).where(eq(opsOffers.id, offerId));
  if (!known) return undefined;
  return operate.transaction(async (transaction) => {
    const [shift] = await lockShifts(transaction, [known.shiftId], []);
    const offer = await lockOffer(transaction, offerId);
    if (!shift || offer?.state !== "open") return undefined;
    const ending = judgeEnding(offer, shift, { asOf, refused });
    if (!ending) return undefined;
    await endOffer(transaction, offerId, { ...ending, runId: offer.runId });
    const next = await offerNext(transaction, shift, offer, asOf);
    const then = next ? `it was offered to ${next.guard.fullName}` : "nobody is asked next";
    return `Offer ${offerId} of shift ${shift.id} is ${ending.state}; ${then}.`;
  });
}

function judgeEnding(
  { answer, expiresAt, shiftVersion }: Offer,
  shift: StandingShift,
  { asOf, refused }: { asOf: Date; refused: string | undefined },
): Omit<OfferEnding, "runId"> | undefined {
  if (refused !== undefined) return { state: "withdrawn", note: refused };
  if (shift.version !== shiftVersion) return { state: "withdrawn", note: "The shift was changed." };
  if (answer === "accepted") return undefined;
  if (answer === "declined") return { state: "declined" };
  return expiresAt <= asOf ? { state: "expired" } : undefined;
}
