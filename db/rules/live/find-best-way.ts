import { type Reason, worstOf } from "../shifts/assignment-rules";

type Near = { guardId: number; fullName: string; travelSeconds: number | null; reasons: readonly Reason[] };

export type BestWay = {
  /** Null where nobody can, or of nobody who can the way is known. */
  best: { guardId: number; fullName: string; travelSeconds: number } | null;
  canCount: number;
};

/** Of those whom no rule blocks the one with the shortest way; of equal ones the first. */
export function findBestWay(candidates: readonly Near[]): BestWay {
  const can = candidates.filter(({ reasons }) => worstOf(reasons) !== "block");
  let best: BestWay["best"] = null;
  for (const { guardId, fullName, travelSeconds } of can) {
    if (travelSeconds === null || (best && best.travelSeconds <= travelSeconds)) continue;
    best = { guardId, fullName, travelSeconds };
  }
  return { best, canCount: can.length };
}
