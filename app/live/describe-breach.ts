import { formatAge } from "~/ui/format";
import { shiftStateNames } from "~/ui/state-marks";
import type { ShiftState } from "../../db/rules/live/shift-states";
import type { Breach } from "../../db/rules/live/time-to-breach";

/** "late in 4 min", "breached 12 min ago", "unseen for 16 min"; empty where nothing can be lost. */
export function describeBreach({ breach, state }: { breach: Breach; state: ShiftState }, asOf: Date): string {
  if (breach.kind === "none") return "";
  if (breach.kind === "breached") {
    const seconds = secondsBetween(breach.sinceAt, asOf);
    if (state === "unobserved") return `unseen for ${formatAge(seconds)}`;
    return seconds < 1 ? "breached now" : `breached ${formatAge(seconds)} ago`;
  }
  const seconds = secondsBetween(asOf, breach.at);
  if (breach.isNoReturn) return seconds < 1 ? "nobody in time" : `no return in ${formatAge(seconds)}`;
  const name = shiftStateNames[breach.state].toLowerCase();
  return seconds < 1 ? `${name} now` : `${name} in ${formatAge(seconds)}`;
}

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, (to.getTime() - from.getTime()) / 1000);
}
