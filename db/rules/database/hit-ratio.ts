import type { Measured } from "./rates";

/**
 * The share of `hits` in all blocks asked for between the first and the last sample, from two counters. Null where
 * nothing was asked for, or a counter fell between.
 */
export function hitRatioBetween(hits: readonly Measured[], reads: readonly Measured[]): number | null {
  const [hit, read] = [growth(hits), growth(reads)];
  if (hit === null || read === null || hit + read === 0) return null;
  return hit / (hit + read);
}

/** What the counter grew by in all. Null with fewer than two samples, or where it fell or is unknown between. */
export function growth(samples: readonly Measured[]): number | null {
  if (samples.length < 2) return null;
  let total = 0;
  for (const [index, { value }] of samples.entries()) {
    const before = index === 0 ? value : (samples[index - 1]?.value ?? null);
    if (value === null || before === null || value < before) return null;
    total += value - before;
  }
  return total;
}
