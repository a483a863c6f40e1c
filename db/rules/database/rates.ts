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

/** The samples with a null after each that is followed by a gap of more than `mostGapSeconds`, of which nothing is known. */
export function breakAtGaps(samples: readonly Measured[], mostGapSeconds: number): Measured[] {
  return samples.flatMap((sample, index) => {
    const next = samples[index + 1];
    const isGap = next && next.at.getTime() - sample.at.getTime() > mostGapSeconds * 1000;
    return isGap ? [sample, { at: new Date(sample.at.getTime() + 1000), value: null }] : [sample];
  });
}
