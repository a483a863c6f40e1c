import type { CancelledBy } from "./facts";

/** What the facts of some shifts add up to. `leftOut` are the shifts outside the set of the numbers above it. */
export type SlaCounts = {
  /** Told so far, and not frozen: part of `shifts`. */
  liveShifts: number;
  /** Of which the newest facts are a correction. */
  correctedShifts: number;
  shifts: number;
  slots: number;
  filledSlots: number;
  due: number;
  onTime: number;
  onTimeUncertain: number;
  noShow: number;
  noShowUncertain: number;
  inside: number;
  outside: number;
  uncertain: number;
  /** Drafts, unpublished, withdrawn and unobserved shifts: what fill rate, arrivals, fence and cases leave out. */
  leftOut: { draft: number; unpublished: number; withdrawn: number; unobserved: number };
  /** Of counted shifts and unobserved ones. */
  plannedSeconds: number;
  confirmedSeconds: number;
  assumedSeconds: number;
  unobservedSeconds: number;
  /** Shifts that were published, withdrawn ones included, and how many of them were cancelled by whom and when. */
  publishedShifts: number;
  cancelled: Record<CancelledBy, Record<Notice, number>>;
};

/** From the cancellation to the start: more than 24 h, 24 to 2 h, less than 2 h. */
export type Notice = "long" | "short" | "last-minute";

/** Cases with a duration: `n` with those that never came to it, which are infinitely long. */
export type CaseKind = "fill" | "late" | "acknowledge" | "on-scene" | "refill" | "arrive";
export type CaseCounts = {
  n: number;
  never: number;
  /** Seconds; Infinity where so many never came to it; null without cases. */
  p50: number | null;
  p90: number | null;
  /** Cases no longer than the target; null where none was given. */
  withinTarget: number | null;
};
export type SlaCases = Record<CaseKind, CaseCounts>;
