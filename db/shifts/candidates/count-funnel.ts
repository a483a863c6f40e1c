import { assignmentRules, worstOf } from "../../rules/shifts/assignment-rules";
import type { Candidate, Funnel } from "./candidate";

export function countFunnel(candidates: readonly Pick<Candidate, "reasons">[], withoutHomeCount: number): Funnel {
  const worst = candidates.map(({ reasons }) => worstOf(reasons));
  const blocking = candidates.map(({ reasons }) =>
    reasons.flatMap(({ rule, severity }) => (severity === "block" ? rule : [])),
  );
  return {
    nearCount: candidates.length,
    canCount: worst.filter((severity) => severity !== "block").length,
    clearCount: worst.filter((severity) => severity === null || severity === "info").length,
    blocked: assignmentRules
      .map((rule) => ({
        rule,
        firstCount: blocking.filter(([first]) => first === rule).length,
        count: blocking.filter((rules) => rules.includes(rule)).length,
      }))
      .filter(({ count }) => count > 0),
    withoutHomeCount,
  };
}
