/** What the map offers; any whole number of hours up to the longest is answered. */
export const densityHours = [1, 6, 24, 48, 168, 336] as const;
export const longestDensityHours = 336;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const longestByHourHours = 48;

export type DensityWindow = {
  since: Date;
  /** Of the cells that it is counted from. */
  cellHours: 1 | 24;
};

/**
 * The window of the last `hours` before `asOf`. It begins with a whole hour and, beyond two days, with a whole day in
 * UTC, so that the cells of the map and single check-ins count the same.
 */
export function densityWindow(hours: number, asOf: Date): DensityWindow {
  const cellHours = hours <= longestByHourHours ? 1 : 24;
  const stepMs = cellHours * hourMs;
  const since = Math.floor((asOf.getTime() - hours * hourMs) / stepMs) * stepMs;
  return { since: new Date(since), cellHours };
}

/** The oldest hour and the oldest day that a window can still ask for. */
export function oldestCells(asOf: Date): { hourAt: Date; dayAt: Date } {
  const { since: hourAt } = densityWindow(longestByHourHours, asOf);
  const { since: dayAt } = densityWindow(longestDensityHours, asOf);
  return { hourAt, dayAt: new Date(dayAt.getTime() - dayMs) };
}
