import type { CaseCounts, CaseKind, SlaCounts } from "../rules/sla/counts";
import type { CancelledBy } from "../rules/sla/facts";
import type { CaseTargets } from "./read-cases";

const kinds: CaseKind[] = ["fill", "late", "acknowledge", "on-scene", "refill", "arrive"];
/** In the order of the codes. */
export const parties: CancelledBy[] = ["client", "guard", "platform", "unknown"];
const never = 2 ** 28 - 1;

/** What sla_sums.durations of some days, one after the other, tell of each kind that has a case, or of `only` one. */
export function unpackCases(packed: Buffer, targets: CaseTargets, only?: CaseKind): [CaseKind, CaseCounts][] {
  return splitByKind(packed).flatMap((seconds, index) => {
    const kind = kinds[index] as CaseKind;
    return seconds.length === 0 || (only && kind !== only) ? [] : [[kind, tellCases(seconds, targets[kind])]];
  });
}

function splitByKind(packed: Buffer): Int32Array[] {
  const lengths = new Int32Array(kinds.length);
  for (let at = 0; at < packed.length; at += 4) {
    const kind = (packed[at] as number) >> 4;
    lengths[kind] = (lengths[kind] as number) + 1;
  }
  const split = Array.from(lengths, (length) => new Int32Array(length));
  const filled = new Int32Array(kinds.length);
  for (let at = 0; at < packed.length; at += 4) {
    const kind = (packed[at] as number) >> 4;
    const place = filled[kind] as number;
    (split[kind] as Int32Array)[place] = packed.readInt32BE(at) & never;
    filled[kind] = place + 1;
  }
  return split;
}

function tellCases(seconds: Int32Array, target: number | undefined): CaseCounts {
  const n = seconds.length;
  const at = (share: number) => {
    const found = selectRank(seconds, Math.ceil(n * share) - 1);
    return found === never ? Number.POSITIVE_INFINITY : found;
  };
  const count = (isCounted: (one: number) => boolean) =>
    seconds.reduce((sum, one) => sum + (isCounted(one) ? 1 : 0), 0);
  return {
    n,
    never: count((one) => one === never),
    p50: at(0.5),
    p90: at(0.9),
    withinTarget: target === undefined ? null : count((one) => one !== never && one <= target),
  };
}

/** The value that would stand at `rank` if they were sorted; moves values about (Hoare's selection). */
function selectRank(values: Int32Array, rank: number): number {
  let [from, until] = [0, values.length - 1];
  while (from < until) {
    const pivot = values[rank] as number;
    let [left, right] = [from, until];
    while (left <= right) {
      while ((values[left] as number) < pivot) left += 1;
      while ((values[right] as number) > pivot) right -= 1;
      if (left <= right) {
        const kept = values[left] as number;
        values[left] = values[right] as number;
        values[right] = kept;
        left += 1;
        right -= 1;
      }
    }
    if (right < rank) from = left;
    if (left > rank) until = right;
  }
  return values[rank] as number;
}

/** What sla_sums.cancelled of some days tells: a byte for each shift. */
export function unpackCancelled(packed: Buffer): SlaCounts["cancelled"] {
  const counts = Array<number>(3 * parties.length).fill(0);
  for (const code of packed) counts[code] = (counts[code] as number) + 1;
  return tellCancelled(counts);
}

/** From how many of each party in turn cancelled with a long, a short and a last-minute notice. */
export function tellCancelled(counts: readonly number[]): SlaCounts["cancelled"] {
  return Object.fromEntries(
    parties.map((party, index) => {
      const [long = 0, short = 0, last = 0] = counts.slice(3 * index);
      return [party, { long, short, "last-minute": last }];
    }),
  ) as SlaCounts["cancelled"];
}
