import { addDays, type Period } from "../../db/rules/sla/period";

/** Ranges that move with the calendar; the others are "own", from one date until another. */
export const readyRanges = {
  "7d": "Last 7 days",
  "28d": "Last 28 days",
  month: "This month",
  "last-month": "Last month",
  quarter: "This quarter",
} as const;

export type ReadyRange = keyof typeof readyRanges;
export type Range = ReadyRange | "own";

export function isReadyRange(text: string | null): text is ReadyRange {
  return text !== null && Object.hasOwn(readyRanges, text);
}

/** The dates of a range on the day `today`: full days, but this month and this quarter reach until today. */
export function readyPeriod(range: ReadyRange, today: string): Period {
  const yesterday = addDays(today, -1);
  const [year, month] = today.split("-").map(Number) as [number, number];
  switch (range) {
    case "7d":
      return { from: addDays(yesterday, -6), until: yesterday };
    case "28d":
      return { from: addDays(yesterday, -27), until: yesterday };
    case "month":
      return { from: firstOf(year, month), until: today };
    case "last-month":
      return { from: firstOf(year, month - 1), until: addDays(firstOf(year, month), -1) };
    case "quarter":
      return { from: firstOf(year, month - ((month - 1) % 3)), until: today };
  }
}

function firstOf(year: number, month: number): string {
  return new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);
}
