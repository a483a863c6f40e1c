import type { Share } from "../../../db/rules/sla/judge-share";

/** The share of the strongest shade that text still reads on, light and dark. */
const strongest = 38;

/**
 * The shade of a cell, stronger the worse its share stands between the best and the worst of all that have enough
 * cases. Undefined for a cell of few cases, and where all are equal.
 */
export function heatOf(
  shares: readonly Pick<Share, "share" | "words" | "of">[],
  { isLowerBetter }: { isLowerBetter: boolean },
): (share: Pick<Share, "share" | "words" | "of">) => string | undefined {
  const judged = shares.flatMap(({ share, words }) => (share === null || words !== null ? [] : [share]));
  const [least, most] = [Math.min(...judged), Math.max(...judged)];
  return ({ share, words }) => {
    if (share === null || words !== null || most === least) return undefined;
    const badness = (isLowerBetter ? share - least : most - share) / (most - least);
    return `color-mix(in oklab, var(--mark-orange) ${Math.round(badness * strongest)}%, transparent)`;
  };
}
