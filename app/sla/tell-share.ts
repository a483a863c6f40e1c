import { formatCount, formatPercent, formatSeconds } from "~/ui/format";
import type { CaseCounts, SlaCounts } from "../../db/rules/sla/counts";
import { type Definition, leftOutWords } from "../../db/rules/sla/definitions";
import type { LeftOut } from "../../db/rules/sla/facts";
import type { Change } from "../../db/rules/sla/judge-change";
import type { Share } from "../../db/rules/sla/judge-share";

/** "94.2 %", "17 of 18" under 20 cases, "none" of nothing. */
export function tellShare({ share, words, of }: Pick<Share, "share" | "words" | "of">): string {
  if (of === 0) return "none";
  return words ?? formatPercent(share);
}

/** "312 assignments due", "2,310 h of planned time". */
export function tellCases({ id, unit }: Definition, of: number): string {
  return id === "coverage" ? `${tellHours(of)} of ${unit}` : `${formatCount(of)} ${unit}`;
}

/** "91.0 % to 96.3 %". */
export function tellSpan({ low, high }: { low: number; high: number }): string {
  return `${formatPercent(low)} to ${formatPercent(high)}`;
}

/** "12 min", "never" where so many never came to it, "none" without cases. */
export function tellDuration(seconds: number | null): string {
  if (seconds === null) return "none";
  return Number.isFinite(seconds) ? formatSeconds(seconds) : "never";
}

const doubts = { chance: ", within chance", uncertainty: ", within what is uncertain" };

/** "1.2 points worse, within chance", "unchanged". */
export function tellChange({ points, direction, doubt }: Change): string {
  if (direction === "same") return "unchanged";
  return `${Math.abs(points).toFixed(1)} points ${direction}${doubt ? doubts[doubt] : ""}`;
}

/** "+1.24", "−0.08", "0": points of a ratio. */
export function tellPoints(ratio: number): string {
  const text = Math.abs(100 * ratio).toFixed(2);
  return Number(text) === 0 ? "0" : `${ratio < 0 ? "−" : "+"}${text}`;
}

/** "3 drafts, 2 withdrawn by the client in time"; of the reasons that the metric leaves out. Empty where none is. */
export function tellLeftOut({ leavesOut }: Definition, counts: Record<LeftOut, number>): string {
  return leavesOut
    .filter((reason) => counts[reason] > 0)
    .map((reason) => `${formatCount(counts[reason])} ${leftOutWords[reason]}`)
    .join(", ");
}

/** "4 of 62 never". Empty where all came to it. */
export function tellNever({ n, never }: Pick<CaseCounts, "n" | "never">): string {
  return never === 0 ? "" : `${formatCount(never)} of ${formatCount(n)} never`;
}

/** "Assumed 84.8 %, unobserved 0 %, absent 6.9 %": what of the planned time is not confirmed. */
export function tellCoverage(counts: SlaCounts): string {
  const { plannedSeconds, confirmedSeconds, assumedSeconds, unobservedSeconds } = counts;
  const part = (seconds: number) => formatPercent(seconds / plannedSeconds);
  const absentSeconds = plannedSeconds - confirmedSeconds - assumedSeconds - unobservedSeconds;
  return `Assumed ${part(assumedSeconds)}, unobserved ${part(unobservedSeconds)}, absent ${part(absentSeconds)}`;
}

/** "2,310 h". */
export function tellHours(seconds: number): string {
  return `${formatCount(Math.round(seconds / 3600))} h`;
}
