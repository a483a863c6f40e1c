import { day, hour, type Instant } from "./instant";
import { Random } from "./random";

/** Null for what never happens: a failed payment is not paid. */
export type PaymentStory = { approvedAt: Instant; paidAt: Instant | null; failedAt: Instant | null };

export type PaymentStatus = "pending" | "approved" | "paid" | "failed";

const failureChance = 0.015;

/** What becomes of the payment of a completed shift: a pure function of the seed and the shift. */
export function tellPayment(seed: number, { shiftId, endAt }: { shiftId: number; endAt: Instant }) {
  const random = new Random(seed, "payment", shiftId);
  const approvedAt = Math.round(endAt + random.between(4 * hour, 3 * day));
  const settledAt = Math.round(approvedAt + random.between(2 * day, 10 * day));
  const fails = random.chance(failureChance);
  return { approvedAt, paidAt: fails ? null : settledAt, failedAt: fails ? settledAt : null } satisfies PaymentStory;
}

/** Euro, two decimals, as PostgreSQL reads it. */
export function amountOf({ hourlyRate, startAt, endAt }: { hourlyRate: string; startAt: Instant; endAt: Instant }) {
  return ((Number(hourlyRate) * (endAt - startAt)) / hour).toFixed(2);
}
