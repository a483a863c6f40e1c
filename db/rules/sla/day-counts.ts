/** What one metric counted on one local day of the locations. */
export type DayCount = {
  /** YYYY-MM-DD, the local date of the shifts' start. */
  date: string;
  /** Full local days before today: 1 is yesterday. */
  daysAgo: number;
  hits: number;
  of: number;
  /** Neither a hit nor a miss, and not in `of`. */
  uncertain: number;
  /** Shifts outside the counted set. */
  leftOut: number;
};

export type Tally = Pick<DayCount, "hits" | "of" | "uncertain" | "leftOut">;

/** Days of one window and of the window before it. */
export const windowDays = 7;

const nothing: Tally = { hits: 0, of: 0, uncertain: 0, leftOut: 0 };

/** The last 7 full days and the 7 before them. */
export function tallyWindows(days: readonly DayCount[]): { current: Tally; previous: Tally } {
  return {
    current: sum(days.filter(({ daysAgo }) => daysAgo <= windowDays)),
    previous: sum(days.filter(({ daysAgo }) => daysAgo > windowDays)),
  };
}

/** The tally of one date; nothing counted where the date has no shift. */
export function tallyDate(days: readonly DayCount[], date: string): Tally {
  return sum(days.filter((day) => day.date === date));
}

function sum(days: readonly DayCount[]): Tally {
  return days.reduce(
    (total, day) => ({
      hits: total.hits + day.hits,
      of: total.of + day.of,
      uncertain: total.uncertain + day.uncertain,
      leftOut: total.leftOut + day.leftOut,
    }),
    nothing,
  );
}

/** The dates of the window in `zone`, newest first: yesterday back to a week before today. */
export function windowDates(asOf: Date, zone: string): string[] {
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(asOf);
  const noon = Date.parse(`${today}T12:00:00Z`);
  return Array.from({ length: windowDays }, (_, position) =>
    new Date(noon - (position + 1) * 86_400_000).toISOString().slice(0, 10),
  );
}
