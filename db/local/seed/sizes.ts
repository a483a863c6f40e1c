import { hour, minute } from "../story/instant";

export type Size = "small" | "medium" | "large";

export type Scale = {
  guardCount: number;
  shiftsPerDay: number;
  /** Before it, history keeps a ping each `historyEveryMs`. */
  fullHours: number;
  historyEveryMs: number;
  /** Shifts that stand in each worst state of the board, whatever the hour. */
  stagedOfEach: number;
};

export const scales: Record<Size, Scale> = {
  small: { guardCount: 2_000, shiftsPerDay: 480, fullHours: 14, historyEveryMs: 3 * hour, stagedOfEach: 2 },
  medium: { guardCount: 5_000, shiftsPerDay: 1_350, fullHours: 48, historyEveryMs: 40 * minute, stagedOfEach: 4 },
  large: { guardCount: 10_000, shiftsPerDay: 3_450, fullHours: 360, historyEveryMs: 10 * minute, stagedOfEach: 8 },
};

export const locationCount = 5_000;

/** Days of shifts before and after `asOf`: 60 together. */
export const pastDays = 45;
export const futureDays = 15;
