import { day, hour, type Instant, minute } from "./instant";
import { clamp, Random } from "./random";

export type ShiftTimes = {
  shiftId: number;
  startAt: Instant;
  endAt: Instant;
  /** Left out while nobody published the shift; the story then says when somebody does. */
  publishedAt?: Instant | undefined;
};

/** Who takes a shift back: "client request" the client, "planning error" and "no guard available" the platform. */
export type CancelReason =
  | "client request"
  | "sick"
  | "late cancellation"
  | "planning error"
  | "certificate problem"
  | "no guard available"
  | "no-show";

export type ShiftStory = {
  publishedAt: Instant;
  /** A guard accepts. Undefined when none ever does. */
  fillsAt: Instant | undefined;
  /** Undefined when nobody takes the shift back before its start. */
  withdrawal: { at: Instant; reason: CancelReason } | undefined;
  /** Nobody looks for a guard any longer. */
  givenUpAt: Instant;
};

const unfilledChance = 0.012;
const withdrawalChance = 0.04;

/** How a shift finds its guard, or does not: a pure function of the seed and the shift. */
export function tellShiftStory(seed: number, { shiftId, startAt, endAt, publishedAt: known }: ShiftTimes): ShiftStory {
  const random = new Random(seed, "shift", shiftId);
  const usualLead = clamp(random.logNormal(6 * day, 0.55), 20 * hour, 21 * day);
  const shortLead = random.between(2, 30) * hour;
  const publishedAt = known ?? Math.round(startAt - (random.chance(0.12) ? shortLead : usualLead));
  const leadMs = Math.max(startAt - publishedAt, 10 * minute);
  const soon = publishedAt + random.logNormal(0.12, 0.9) * leadMs;
  const inHaste = startAt - random.between(0.02, 0.25) * Math.min(leadMs, 3 * hour);
  const isFilledInHaste = random.chance(0.5);
  const fills = soon < startAt - 0.05 * leadMs ? soon : isFilledInHaste ? inHaste : undefined;
  const isNeverFilled = random.chance(unfilledChance);
  const isWithdrawn = random.chance(withdrawalChance);
  const noticeMs = random.weighted([
    [45, random.between(24, 120) * hour],
    [30, random.between(2, 24) * hour],
    [25, random.between(0.2, 2) * hour],
  ]);
  const reason = random.weighted<CancelReason>([
    [50, "client request"],
    [20, "sick"],
    [15, "late cancellation"],
    [10, "planning error"],
    [5, "certificate problem"],
  ]);
  const withdrawnAt = Math.round(Math.max(startAt - noticeMs, publishedAt + 5 * minute));
  return {
    publishedAt,
    fillsAt: isNeverFilled || fills === undefined ? undefined : Math.round(fills),
    withdrawal: isWithdrawn && withdrawnAt < startAt ? { at: withdrawnAt, reason } : undefined,
    givenUpAt: Math.min(endAt, startAt + 4 * hour),
  };
}
