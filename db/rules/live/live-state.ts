import type { Presence } from "./presence";
import type { ShiftState } from "./shift-states";

/** What the live state is judged from; all of it but the clock. */
export type WatchedShift = {
  status: "published" | "assigned" | "active" | "completed";
  startAt: Date;
  endAt: Date;
  isAssigned: boolean;
  /** Null while unassigned, or where it is not on record. */
  assignedAt: Date | null;
  /** First check-in that was not outside, from an hour before the start on. Null while nobody came. */
  arrivedAt: Date | null;
  presence: Presence;
  /** An open incident of severity high or worse that nobody has acknowledged. */
  openIncidentAt: Date | null;
  /** While an outage hides what happens there: since when. */
  unobservedAt?: Date;
  /** While nobody has the shift: from then on nobody could still get there in time. Missing where it is unknown. */
  noReturnAt?: Date;
};

export type LiveState = {
  state: ShiftState;
  /** When the state began. Null for a shift that waits for its start. */
  sinceAt: Date | null;
};

export type LiveThresholds = {
  lateAfterSeconds: number;
  noShowAfterSeconds: number;
  atRiskBeforeSeconds: number;
  /** How often a guard's phone is expected to report. */
  cadenceSeconds: number;
};

export const defaultThresholds: LiveThresholds = {
  lateAfterSeconds: 5 * 60,
  noShowAfterSeconds: 30 * 60,
  atRiskBeforeSeconds: 60 * 60,
  cadenceSeconds: 5 * 60,
};

/** Signing off this long before the end is the end of the shift, not a post without a guard. */
export const signOffMarginSeconds = 15 * 60;

/** Silence that makes a position stale: three reports missed, and never less than 5 minutes. */
export function staleAfterSeconds(cadenceSeconds: number): number {
  return Math.max(3 * cadenceSeconds, 5 * 60);
}

/**
 * The one live state of a shift at `asOf`: the worst that holds. Only a fresh position that is provably inside is
 * "on post"; whatever is not known is something else.
 */
export function judgeLiveState(
  shift: WatchedShift,
  asOf: Date,
  thresholds: LiveThresholds = defaultThresholds,
): LiveState {
  const live = judgeSeen(shift, asOf, thresholds);
  const { unobservedAt } = shift;
  return unobservedAt && hidden.has(live.state) ? { state: "unobserved", sinceAt: unobservedAt } : live;
}

/** What nobody can tell while nothing is heard. */
const hidden: ReadonlySet<ShiftState> = new Set(["no-show", "late", "stale"]);

function judgeSeen(shift: WatchedShift, asOf: Date, thresholds: LiveThresholds): LiveState {
  const { status, startAt, endAt, isAssigned, assignedAt, arrivedAt, presence } = shift;
  if (shift.openIncidentAt) return { state: "incident", sinceAt: shift.openIncidentAt };
  if (status === "completed") return { state: "completed", sinceAt: endAt };

  if (!isAssigned) {
    if (asOf >= startAt) return { state: "unfilled", sinceAt: startAt };
    const soonAt = later(startAt, -thresholds.atRiskBeforeSeconds);
    const atRiskAt = shift.noReturnAt && shift.noReturnAt < soonAt ? shift.noReturnAt : soonAt;
    return asOf >= atRiskAt ? { state: "at-risk", sinceAt: atRiskAt } : { state: "upcoming", sinceAt: null };
  }
  if (!arrivedAt) {
    const lateAt = later(startAt, thresholds.lateAfterSeconds);
    // Whoever takes over after the start is given the same time to come.
    const dueAt = assignedAt && assignedAt > startAt ? assignedAt : startAt;
    const noShowAt = later(dueAt, thresholds.noShowAfterSeconds);
    if (asOf > noShowAt) return { state: "no-show", sinceAt: noShowAt };
    return asOf > lateAt ? { state: "late", sinceAt: lateAt } : { state: "upcoming", sinceAt: null };
  }
  if (asOf >= endAt) return { state: "completed", sinceAt: endAt };
  const watched = judgeWatch(endAt, arrivedAt, presence, asOf, thresholds);
  return asOf >= startAt || watched.state === "on-post" ? watched : { state: "upcoming", sinceAt: null };
}

/** Of a guard who came, until the end. */
function judgeWatch(
  endAt: Date,
  arrivedAt: Date,
  { last, leftAt }: Presence,
  asOf: Date,
  { cadenceSeconds }: LiveThresholds,
): LiveState {
  if (last?.kind === "out") {
    const isEarly = last.at < later(endAt, -signOffMarginSeconds);
    return { state: isEarly ? "outside" : "completed", sinceAt: last.at };
  }
  if (leftAt) return { state: "outside", sinceAt: leftAt };
  const staleAt = later(last?.at ?? arrivedAt, staleAfterSeconds(cadenceSeconds));
  if (asOf > staleAt) return { state: "stale", sinceAt: staleAt };
  if (last?.verdict !== "inside") return { state: "uncertain", sinceAt: last?.at ?? arrivedAt };
  return { state: "on-post", sinceAt: arrivedAt };
}

function later(at: Date, seconds: number): Date {
  return new Date(+at + seconds * 1000);
}
