import { dayAfter, localDate, startOfDay } from "./start-of-day";

type Span = { startAt: Date; endAt: Date };

/** An ISO week as the clocks of a zone have it: 167 hours in the spring, 169 in the autumn. */
export type WorkingWeek = { number: number; fromAt: Date; untilAt: Date };

const dayMs = 86_400_000;

/** The weeks of `zone` that a shift touches, first first; a shift that ends at the turn of a week is not of the next. */
export function listWorkingWeeks({ startAt, endAt }: Span, zone: string): WorkingWeek[] {
  const weeks = [weekOf(startAt, zone)];
  for (let last = weeks[0] as WorkingWeek; last.untilAt < endAt; ) {
    last = weekOf(last.untilAt, zone);
    weeks.push(last);
  }
  return weeks;
}

/** What of the spans lies within the week, in seconds that passed, whatever the clocks showed. */
export function secondsWithin({ fromAt, untilAt }: WorkingWeek, spans: readonly Span[]): number {
  return spans.reduce((seconds, { startAt, endAt }) => {
    const shared = Math.min(+endAt, +untilAt) - Math.max(+startAt, +fromAt);
    return seconds + Math.max(0, shared) / 1000;
  }, 0);
}

function weekOf(at: Date, zone: string): WorkingWeek {
  const day = Date.parse(`${localDate(at, zone)}T00:00:00Z`);
  const monday = day - ((new Date(day).getUTCDay() + 6) % 7) * dayMs;
  const sunday = isoDate(monday + 6 * dayMs);
  return {
    number: isoWeekOf(monday),
    fromAt: startOfDay(isoDate(monday), zone) as Date,
    untilAt: startOfDay(dayAfter(sunday), zone) as Date,
  };
}

/** The week belongs to the year of its Thursday. */
function isoWeekOf(monday: number): number {
  const thursday = monday + 3 * dayMs;
  const newYear = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1);
  return Math.floor((thursday - newYear) / (7 * dayMs)) + 1;
}

function isoDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
