import type { Verdict } from "./verdict";

const sightingsToLeave = 3;
const secondsToLeave = 180;

/**
 * When a guard was away, from positions in order and their verdicts against the wider fence, in seconds. Away is who
 * was outside at three positions in a row, or at two that are 3 minutes apart, since the first of them; the first
 * position inside ends it. An uncertain one neither counts nor breaks the run. `until` is null while away.
 */
export function tellAwaySpans(
  seen: Iterable<{ at: number; verdict: Verdict }>,
): { from: number; until: number | null }[] {
  const spans: { from: number; until: number | null }[] = [];
  let firstOutsideAt: number | null = null;
  let outsideCount = 0;
  let current: { from: number; until: number | null } | null = null;
  for (const { at, verdict } of seen) {
    if (verdict === "inside") {
      if (current) current.until = at;
      firstOutsideAt = current = null;
      outsideCount = 0;
    }
    if (verdict !== "outside") continue;
    firstOutsideAt ??= at;
    outsideCount += 1;
    if (current || (outsideCount < sightingsToLeave && at - firstOutsideAt < secondsToLeave)) continue;
    current = { from: firstOutsideAt, until: null };
    spans.push(current);
  }
  return spans;
}
