import type { GuardFacts, ShiftFacts, Surroundings } from "../assignment-facts";
import type { WorkingWeek } from "../working-weeks";

/** What a rule finds against a guard. */
export type Finding = {
  sentence: string;
  change: string;
  /** In the unit of the rule. */
  measured?: number;
  /** To know, whatever the rule's severity: the facts do not tell, or it is so of everybody. */
  isToKnow?: true;
};

export type Case = {
  shift: ShiftFacts;
  guard: GuardFacts;
  around: Surroundings;
  weeks: readonly WorkingWeek[];
  asOf: Date;
};

/** `limit` in the unit of the rule; 0 for a rule without one. */
export type Finder = (facts: Case, limit: number) => Finding[];
