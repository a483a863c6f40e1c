const z = 1.959964;

/**
 * The range in which a share lies with 95 % confidence (Wilson 1927), ratios from 0 to 1, also for small `of`.
 * Null where nothing was counted.
 */
export function wilsonInterval(hits: number, of: number): { low: number; high: number } | null {
  if (of === 0) return null;
  const share = hits / of;
  const spread = 1 + z ** 2 / of;
  const middle = (share + z ** 2 / (2 * of)) / spread;
  const reach = (z / spread) * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  return { low: hits === 0 ? 0 : middle - reach, high: hits === of ? 1 : middle + reach };
}
