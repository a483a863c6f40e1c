import { defaultZone, formatInstant, formatSpan } from "~/ui/format-instant";
import { localInstant, localTime, startOfDay } from "../../db/rules/shifts/start-of-day";

/** How far a chart looks back. */
export const ranges = {
  "1h": { label: "1 hour", seconds: 3600 },
  "6h": { label: "6 hours", seconds: 6 * 3600 },
  "24h": { label: "24 hours", seconds: 86_400 },
  "7d": { label: "7 days", seconds: 7 * 86_400 },
  "30d": { label: "30 days", seconds: 30 * 86_400 },
  "90d": { label: "90 days", seconds: 90 * 86_400 },
} as const;

/** Samples are kept no longer. */
const keptDays = 90;

export type Range = keyof typeof ranges | "own";

export type Period = {
  range: Range;
  from: Date;
  to: Date;
  /** What the address asks for and cannot mean; null where it is understood. */
  complaint: string | null;
};

/**
 * The time that the URL asks for: `range`, and where that is `own`, `from` and `until` as clocks of the console's zone
 * show them. 6 hours where it asks for no range that there is.
 */
export function readPeriod(search: URLSearchParams, now: Date): Period {
  const asked = search.get("range") ?? "";
  if (asked === "own") return readOwn(search, now);
  const range = Object.hasOwn(ranges, asked) ? (asked as keyof typeof ranges) : "6h";
  return { range, from: before(now, ranges[range].seconds), to: now, complaint: null };
}

/** The period in words, to stand after "in" or "of". */
export function describePeriod({ range, from, to }: Period): string {
  if (range !== "own") return `the last ${ranges[range].label}`;
  const isOneDay = formatInstant(from, { style: "date" }) === formatInstant(to, { style: "date" });
  return isOneDay
    ? `${formatInstant(from, { style: "date" })}, ${formatSpan(from, to)}`
    : `${formatInstant(from)} to ${formatInstant(to)}`;
}

/** The parameters that lead to the same period on another page. */
export function periodSearch({ range, from, to }: Period): URLSearchParams {
  return new URLSearchParams(range === "own" ? { range, from: typedMoment(from), until: typedMoment(to) } : { range });
}

/** As a field of a date and a time holds it, to the minute. */
export function typedMoment(at: Date): string {
  return localTime(at, defaultZone).slice(0, 16);
}

function readOwn(search: URLSearchParams, now: Date): Period {
  const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000);
  const texts = { from: search.get("from") ?? "", until: search.get("until") ?? "" };
  const to = texts.until === "" ? minute : readMoment(texts.until);
  const from = texts.from === "" ? before(to ?? minute, ranges["6h"].seconds) : readMoment(texts.from);
  const period = { range: "own" as const, from: from ?? before(minute, ranges["6h"].seconds), to: to ?? minute };
  const strange = !from ? "From" : !to ? "Until" : null;
  return {
    ...period,
    complaint: strange ? `${strange} is no date and time. Write both, as in 2026-11-22T18:00.` : refuse(period, now),
  };
}

/** Null also for a day that the calendar does not have. */
function readMoment(text: string): Date | null {
  return startOfDay(text.slice(0, 10), defaultZone) && localInstant(text, defaultZone);
}

function refuse({ from, to }: { from: Date; to: Date }, now: Date): string | null {
  if (from >= to) return "From is not before until. Exchange them, or choose another range.";
  if (from >= now) return "From has not come yet. Choose a time that has passed.";
  if (from < before(now, (keptDays + 1) * 86_400)) return `From is too long ago: samples are kept ${keptDays} days.`;
  return null;
}

function before(at: Date, seconds: number): Date {
  return new Date(at.getTime() - seconds * 1000);
}
