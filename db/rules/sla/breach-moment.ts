import type { MetricId } from "./definitions";
import { slaRule } from "./sla-rule";

export type BreachMoment = {
  /** Epoch seconds; null where it is found in the shift's history: db/sla/find-breach.ts. */
  at: number | null;
  /** What the board shows then. */
  words: string;
};

/** What of a shift's facts the moment is told from. Live ones have no spans of presence. */
export type BreachFacts = {
  startAt: number;
  noticeSeconds: number | null;
  isLive: boolean;
  /** Check-ins. */
  outside: number;
  plannedSeconds: number;
  confirmedSeconds: number;
  assumedSeconds: number;
  unobservedSeconds: number;
};

const { onTimeSeconds, noShowSeconds } = slaRule;

/** When the board first showed what a metric holds against a shift, or the start where that is no single moment. */
export function breachMoment(metric: MetricId, facts: BreachFacts): BreachMoment {
  const { startAt, noticeSeconds } = facts;
  switch (metric) {
    case "on-time":
    case "late":
      return onceOver(startAt, onTimeSeconds);
    case "no-show":
      return onceOver(startAt, noShowSeconds);
    case "cancelled":
      return noticeSeconds === null
        ? { at: startAt, words: "at the start" }
        : { at: startAt - noticeSeconds, words: "when it was cancelled" };
    case "in-geofence":
      return facts.outside > 0
        ? { at: null, words: "at the first check-in outside" }
        : { at: startAt, words: "at the start; none was outside" };
    case "coverage":
      return gapMoment(facts);
    case "acknowledge":
    case "on-scene":
      return { at: null, words: "when the incident was reported" };
    case "refill":
    case "arrive":
      return { at: null, words: "when a guard was needed" };
    default:
      return { at: startAt, words: "at the start" };
  }
}

function gapMoment(facts: BreachFacts): BreachMoment {
  const { startAt, isLive, plannedSeconds, confirmedSeconds, assumedSeconds, unobservedSeconds } = facts;
  if (confirmedSeconds + assumedSeconds + unobservedSeconds >= plannedSeconds) {
    return { at: startAt, words: "at the start; no gap, but presence is assumed" };
  }
  if (isLive) return { at: startAt, words: "at the start; gaps are told once it is frozen" };
  return { at: null, words: "when the first gap began" };
}

/** The board holds it against a guard once the time is over: a second later. */
function onceOver(startAt: number, seconds: number): BreachMoment {
  return { at: startAt + seconds + 1, words: `${seconds / 60} minutes after the start` };
}
