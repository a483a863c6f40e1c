import type { Share } from "./judge-share";
import type { SetTarget } from "./target-spans";

/** Whether a share meets its target; open where what is uncertain decides it. Null where nothing was counted. */
export function judgeTarget(
  { low, high }: Pick<Share, "low" | "high">,
  { ratio }: Pick<SetTarget, "ratio">,
  { isLowerBetter }: { isLowerBetter: boolean },
): "met" | "missed" | "open" | null {
  if (low === null || high === null) return null;
  const [worst, best] = isLowerBetter ? [-high, -low] : [low, high];
  const wanted = isLowerBetter ? -ratio : ratio;
  if (worst >= wanted) return "met";
  return best < wanted ? "missed" : "open";
}
