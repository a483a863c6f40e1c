/** Local dates YYYY-MM-DD of the locations, both included. */
export type Period = { from: string; until: string };

const dayMs = 86_400_000;
const noon = (date: string) => Date.parse(`${date}T12:00:00Z`);

/** The date `days` after `date`, before it where negative. */
export function addDays(date: string, days: number): string {
  return new Date(noon(date) + days * dayMs).toISOString().slice(0, 10);
}

export function daysOf({ from, until }: Period): number {
  return Math.round((noon(until) - noon(from)) / dayMs) + 1;
}

/** The equally long period that ends the day before. */
export function previousPeriod(period: Period): Period {
  return { from: addDays(period.from, -daysOf(period)), until: addDays(period.from, -1) };
}
