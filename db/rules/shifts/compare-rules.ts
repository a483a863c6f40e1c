import type { GuardFacts, ShiftFacts } from "./assignment-facts";
import { type RuleInForce, type RuleSeverity, worstOf } from "./assignment-rules";
import { openJudgement } from "./judge-assignment";

export type RuleEffect = "blocked" | "warned" | "freed";

const weights: Record<RuleSeverity, number> = { block: 3, warn: 2, info: 1 };

/**
 * What another form of a rule makes of one assignment, judged as it was made at `asOf`: null where it says the same.
 * freed: what was blocked or warned of weighs less. The sentence is that of the heavier judgement.
 */
export function compareRules(
  shift: ShiftFacts,
  guard: GuardFacts,
  { before, after, asOf }: { before: RuleInForce | null; after: RuleInForce; asOf: Date },
): { effect: RuleEffect; sentence: string } | null {
  const [was, is] = [before, after].map((rule) =>
    rule === null
      ? []
      : openJudgement(shift, { rules: [rule], asOf })(guard).reasons.filter((reason) => reason.rule === after.rule),
  ) as [
    ReturnType<ReturnType<typeof openJudgement>>["reasons"],
    ReturnType<ReturnType<typeof openJudgement>>["reasons"],
  ];
  const [weighed, weighs] = [worstOf(was), worstOf(is)].map((worst) => (worst ? weights[worst] : 0)) as [
    number,
    number,
  ];
  const sentence = (weighs > weighed ? is : was)[0]?.sentence ?? "";
  if (weighs === weighed) return null;
  if (weighs < weighed) return weighed > weights.info ? { effect: "freed", sentence } : null;
  if (weighs === weights.info) return null;
  return { effect: weighs === weights.block ? "blocked" : "warned", sentence };
}
