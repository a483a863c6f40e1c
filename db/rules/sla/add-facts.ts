import type { SlaCounts } from "./counts";
import type { ShiftFacts } from "./facts";

const ofCounted = [
  "filledSlots",
  "due",
  "onTime",
  "onTimeUncertain",
  "noShow",
  "noShowUncertain",
  "inside",
  "outside",
  "uncertain",
] as const;
const ofCovered = ["plannedSeconds", "confirmedSeconds", "assumedSeconds", "unobservedSeconds"] as const;

/** Of no shift at all. */
export function noCounts(): SlaCounts {
  const notices = () => ({ long: 0, short: 0, "last-minute": 0 });
  return {
    liveShifts: 0,
    correctedShifts: 0,
    shifts: 0,
    slots: 0,
    filledSlots: 0,
    due: 0,
    onTime: 0,
    onTimeUncertain: 0,
    noShow: 0,
    noShowUncertain: 0,
    inside: 0,
    outside: 0,
    uncertain: 0,
    leftOut: { draft: 0, unpublished: 0, withdrawn: 0, unobserved: 0 },
    plannedSeconds: 0,
    confirmedSeconds: 0,
    assumedSeconds: 0,
    unobservedSeconds: 0,
    publishedShifts: 0,
    cancelled: { client: notices(), guard: notices(), platform: notices(), unknown: notices() },
  };
}

/** Adds what one shift of `headcount` slots contributes, but for cancellations: these no time of a definition decides. */
export function addFacts(counts: SlaCounts, headcount: number, facts: ShiftFacts): void {
  const { leftOut } = facts;
  counts.shifts += 1;
  if (leftOut === null) {
    counts.slots += headcount;
    for (const key of ofCounted) counts[key] += facts[key];
  } else counts.leftOut[leftOut] += 1;
  if (leftOut === null || leftOut === "unobserved") for (const key of ofCovered) counts[key] += facts[key];
  if (leftOut !== "draft" && leftOut !== "unpublished") counts.publishedShifts += 1;
}
