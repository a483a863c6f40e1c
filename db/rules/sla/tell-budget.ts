import { fewestForShare } from "./judge-share";
import { addDays, daysOf, type Period } from "./period";

/** The days of an error budget: it rolls, and ends with the period. */
export const budgetDays = 28;

/** A day's cases with the share of them that may be missed on it; of coverage, seconds. */
export type BudgetDay = {
  /** Local date. */
  date: string;
  of: number;
  mayMiss: number;
  missed: number;
  /** With every uncertain case in favour of the metric, and against it. */
  leastMissed: number;
  mostMissed: number;
};

export type Budget = {
  of: number;
  /** Whole misses that the targets allow, each day's cases by the target of that day; rounded down once, in the end. */
  allowed: number;
  used: number;
  /** With every uncertain case in favour of the metric, and against it. */
  leastUsed: number;
  mostUsed: number;
  /** Negative once more was missed than is allowed. */
  left: number;
  /** Days after the last one until the oldest misses are more than 28 days old and count no more; null without a miss. */
  daysUntilRelief: number | null;
  /** Under 20 cases. */
  isFew: boolean;
};

/** The period over which the budget of one that ends on `until` is told. */
export function budgetPeriod(until: string): Period {
  return { from: addDays(until, 1 - budgetDays), until };
}

/** The share of cases that a target lets miss: what it allows where lower is better, else what it leaves to a hundred. */
export function mayMissOf(ratio: number, { isLowerBetter }: { isLowerBetter: boolean }): number {
  return isLowerBetter ? ratio : 1 - ratio;
}

/** The error budget of the 28 days that end on `until`; other days are not counted. Null where there was no case. */
export function tellBudget(days: readonly BudgetDay[], until: string): Budget | null {
  const { from } = budgetPeriod(until);
  const counted = days.filter(({ date, of }) => date >= from && date <= until && of > 0);
  if (counted.length === 0) return null;
  const sum = (value: (day: BudgetDay) => number) => counted.reduce((total, day) => total + value(day), 0);
  const of = sum((day) => day.of);
  const allowed = Math.floor(Number(sum((day) => day.mayMiss * day.of).toFixed(6)));
  const used = sum((day) => day.missed);
  const [oldest] = counted.flatMap(({ date, missed }) => (missed > 0 ? [date] : [])).sort();
  return {
    of,
    allowed,
    used,
    leastUsed: sum((day) => day.leastMissed),
    mostUsed: sum((day) => day.mostMissed),
    left: allowed - used,
    daysUntilRelief: oldest === undefined ? null : daysOf({ from, until: oldest }),
    isFew: of < fewestForShare,
  };
}
