import type { Measured } from "./rates";

const dayMs = 86_400_000;

export type Growth = {
  /** Of the size at the end, in 30 days. */
  monthlyRatio: number;
  /** The middle half of all slopes, as bounds of the same. */
  lowRatio: number;
  highRatio: number;
};

/**
 * How a size grows, by the median of the slopes between all pairs of samples (Theil–Sen), so that one bulk load does not
 * make a trend. Null with less than 14 days of samples or nothing at the end.
 */
export function monthlyGrowth(samples: readonly Measured[]): Growth | null {
  const known = samples.flatMap(({ at, value }) => (value === null ? [] : [{ day: at.getTime() / dayMs, value }]));
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last || last.day - first.day < 14 || last.value <= 0) return null;
  const slopes = known
    .flatMap((one, index) => known.slice(index + 1).map((other) => (other.value - one.value) / (other.day - one.day)))
    .filter(Number.isFinite)
    .sort((one, other) => one - other);
  const at = (share: number) => ((slopes[Math.floor(share * (slopes.length - 1))] as number) * 30) / last.value;
  return { monthlyRatio: at(0.5), lowRatio: at(0.25), highRatio: at(0.75) };
}
