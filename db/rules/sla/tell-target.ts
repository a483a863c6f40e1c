import { definitionOf, type MetricId } from "./definitions";
import type { SetTarget } from "./target-spans";

/** "at least 95 %", "at most 1 %", "at least 90 % within 300 s". */
export function tellTarget(
  metric: MetricId,
  { ratio, targetSeconds }: Pick<SetTarget, "ratio" | "targetSeconds">,
): string {
  const percent = `${Number((100 * ratio).toFixed(2))} %`;
  if (targetSeconds !== null) return `at least ${percent} within ${targetSeconds} s`;
  return `${definitionOf(metric).isLowerBetter ? "at most" : "at least"} ${percent}`;
}
