import type { Share } from "./judge-share";

export type Direction = "better" | "worse" | "same";

export type Change = {
  /** Percentage points, now less before. */
  points: number;
  direction: Direction;
  /** What may have made it: chance, at 95 % confidence, or what is uncertain of a number that chance has no part in. */
  doubt: "chance" | "uncertainty" | null;
};

/** Smaller ones read as no change. */
const leastPoints = 0.05;

/**
 * How a share differs from another. Chance by the interval of two Wilson intervals' difference (Newcombe 1998). Null
 * where one of the two counts nothing, or too few cases for a percentage.
 */
export function judgeChange(
  current: Share,
  previous: Share,
  { isLowerBetter }: { isLowerBetter: boolean },
): Change | null {
  if (current.share === null || previous.share === null || current.words || previous.words) return null;
  const points = 100 * (current.share - previous.share);
  return {
    points,
    direction: Math.abs(points) < leastPoints ? "same" : points > 0 === isLowerBetter ? "worse" : "better",
    doubt: doubt(current, previous),
  };
}

/** Seconds, Infinity for never. Null where one of the two has no case. */
export function judgeLonger(current: number | null, previous: number | null): Direction | null {
  if (current === null || previous === null) return null;
  return current === previous ? "same" : current > previous ? "worse" : "better";
}

function doubt(current: Share, previous: Share): Change["doubt"] {
  const [now, before] = [spanOf(current), spanOf(previous)];
  if (!now || !before || current.share === null || previous.share === null) return null;
  const difference = current.share - previous.share;
  const below = Math.hypot(current.share - now.low, before.high - previous.share);
  const above = Math.hypot(now.high - current.share, previous.share - before.low);
  if (difference === 0 || difference - below > 0 || difference + above < 0) return null;
  return current.interval ? "chance" : "uncertainty";
}

function spanOf({ interval, low, high }: Share): { low: number; high: number } | null {
  return interval ?? (low === null || high === null ? null : { low, high });
}
