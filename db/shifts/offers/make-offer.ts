import { tell } from "../../deliveries/tell";
import type { Transaction } from "../../operation";
import { opsOffers } from "../../schema";
import { judgePlacing } from "../changes/judge-placing";
import { readGuard, type StandingGuard, type StandingShift } from "../changes/standing-shift";
import type { Offer } from "./end-offer";

/** What each offer of a list has in common. */
export type OfferTerms = Pick<Offer, "runId" | "reason" | "overrideReason" | "rules" | "minutes">;

/**
 * Offers a shift as it stands for so many minutes, no longer than it lasts, and tells the guard. The caller holds the
 * lock on the shift. Throws where one of it is open: ops_offers_open_shift_id_idx.
 */
export async function makeOffer(
  transaction: Transaction,
  shift: StandingShift,
  guard: StandingGuard,
  { fallbackIds, asOf, ...terms }: OfferTerms & { fallbackIds: number[]; asOf: Date },
): Promise<Offer> {
  const expiresAt = new Date(Math.min(+asOf + terms.minutes * 60_000, +shift.endAt));
  const [offer] = await transaction
    .insert(opsOffers)
    .values({
      ...terms,
      shiftId: shift.id,
      professionalId: guard.id,
      hourlyRate: shift.hourlyRate.toFixed(2),
      shiftVersion: shift.version,
      fallbackIds,
      offeredAt: asOf,
      expiresAt,
    })
    .returning();
  const made = offer as Offer;
  const data = { offer_id: made.id, guard_id: guard.id, hourly_rate: made.hourlyRate, expires_at: expiresAt };
  await tell(transaction, { shiftId: shift.id, runId: terms.runId, data }, [
    { userId: guard.userId, type: "shift_offered" },
    { type: "offer_made" },
  ]);
  return made;
}

/** What speaks against offering a shift to a guard, beyond what the override of `rules` is for. */
export async function refuseOffer(
  db: Parameters<typeof judgePlacing>[0],
  shift: StandingShift,
  guard: StandingGuard,
  { rules, asOf }: { rules: readonly string[]; asOf: Date },
): Promise<string[]> {
  if (guard.employment !== "zzp") return [`${guard.fullName} is an employee, who is assigned; an offer is for ZZP.`];
  const judged = await judgePlacing(db, shift, guard, { asOf });
  return [...judged.refusals, ...(judged.rules.every((rule) => rules.includes(rule)) ? [] : judged.warnings)];
}

/** The next of the list whom nothing speaks against; null where nobody is left. What was passed over is not asked again. */
export async function offerNext(
  transaction: Transaction,
  shift: StandingShift,
  { fallbackIds, ...before }: Offer,
  asOf: Date,
): Promise<{ guard: StandingGuard; offer: Offer } | null> {
  if (shift.version !== before.shiftVersion || shift.endAt <= asOf) return null;
  const { runId, reason, overrideReason, rules, minutes } = before;
  for (const [position, guardId] of fallbackIds.entries()) {
    const guard = await readGuard(transaction, guardId);
    if (!guard || (await refuseOffer(transaction, shift, guard, { rules, asOf })).length > 0) continue;
    const terms = { runId, reason, overrideReason, rules, minutes, fallbackIds: fallbackIds.slice(position + 1), asOf };
    return { guard, offer: await makeOffer(transaction, shift, guard, terms) };
  }
  return null;
}
