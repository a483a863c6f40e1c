import { addDays, daysOf, type Period } from "../period";

export const reportKinds = ["weekly", "monthly", "other"] as const;
export type ReportKind = (typeof reportKinds)[number];

/** Monday to Sunday, or a whole month of the calendar. */
export function reportKind(period: Period): ReportKind {
  if (isMonday(period.from) && daysOf(period) === 7) return "weekly";
  const isMonth = period.from.endsWith("-01") && period.until === addDays(firstOfNextMonth(period.from), -1);
  return isMonth ? "monthly" : "other";
}

/**
 * The periods that the schedule reports on the local date `today`: on Monday the last week and on the first the last
 * month, and each again two days later, when what ended with it is frozen.
 */
export function reportsDue(today: string): { kind: ReportKind; period: Period; isAgain: boolean }[] {
  return [0, 2].flatMap((daysSince) => {
    const first = addDays(today, -daysSince);
    const isAgain = daysSince > 0;
    const until = addDays(first, -1);
    return [
      ...(isMonday(first) ? [{ kind: "weekly" as const, period: { from: addDays(first, -7), until }, isAgain }] : []),
      ...(first.endsWith("-01")
        ? [{ kind: "monthly" as const, period: { from: `${until.slice(0, 8)}01`, until }, isAgain }]
        : []),
    ];
  });
}

const isMonday = (date: string) => new Date(`${date}T12:00:00Z`).getUTCDay() === 1;

function firstOfNextMonth(date: string): string {
  return `${addDays(`${date.slice(0, 8)}01`, 31).slice(0, 8)}01`;
}
