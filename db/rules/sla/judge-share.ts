import { wilsonInterval } from "./wilson-interval";

/** Fewer are told as "17 of 18". */
export const fewestForShare = 20;

/** A share of `of`. Where some cases are uncertain, the truth lies between `low` and `high`; else both are `share`. */
export type Share = {
  hits: number;
  of: number;
  /** Ratios from 0 to 1. Null where nothing was counted. */
  share: number | null;
  low: number | null;
  high: number | null;
  /** With 95 % confidence, around low and high. */
  interval: { low: number; high: number } | null;
  /** "17 of 18" under 20 cases; null where a percentage says it. */
  words: string | null;
};

/** `least` and `most` are hits when every uncertain case is held against the metric, and for it. */
export function judgeShare({
  hits,
  of,
  least = hits,
  most = hits,
}: {
  hits: number;
  of: number;
  least?: number;
  most?: number;
}): Share {
  const [lowest, highest] = [wilsonInterval(least, of), wilsonInterval(most, of)];
  const ratio = (part: number) => (of === 0 ? null : part / of);
  return {
    hits,
    of,
    share: ratio(hits),
    low: ratio(least),
    high: ratio(most),
    interval: lowest && highest ? { low: lowest.low, high: highest.high } : null,
    words: of < fewestForShare ? `${hits} of ${of}` : null,
  };
}
