const fewestEarlier = 2;
const mostEarlier = 7;
/** Beyond these a size or a duration is another than before. */
export const driftLimits = { low: 0.5, high: 1.5 };

/** A value in times the median of the seven before it; null where fewer than two are known. */
export function measureDrift(value: number, earlier: readonly number[]): number | null {
  const known = earlier.slice(0, mostEarlier).sort((one, other) => one - other);
  if (known.length < fewestEarlier) return null;
  const middle = Math.floor(known.length / 2);
  const odd = known[middle] as number;
  const median = known.length % 2 === 1 ? odd : (odd + (known[middle - 1] as number)) / 2;
  return median > 0 ? value / median : null;
}

export const isDrifted = (ratio: number | null) =>
  ratio !== null && (ratio < driftLimits.low || ratio > driftLimits.high);
