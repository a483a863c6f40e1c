export type Measured = { at: Date; value: number | null };

/**
 * What a counter grew by per second between neighbouring samples, at the later one. Null where nothing can be said: at
 * the first, where it fell (a reset or a restart), and after a gap of more than `mostGapSeconds`.
 */
export function toRates(samples: readonly Measured[], mostGapSeconds: number): Measured[] {
  return samples.map(({ at, value }, index) => {
    const before = samples[index - 1];
    if (!before || value === null || before.value === null) return { at, value: null };
    const seconds = (at.getTime() - before.at.getTime()) / 1000;
    const isKnown = value >= before.value && seconds > 0 && seconds <= mostGapSeconds;
    return { at, value: isKnown ? (value - before.value) / seconds : null };
  });
}
