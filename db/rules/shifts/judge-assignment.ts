import { type GuardFacts, readSurroundings, type ShiftFacts, type Surroundings } from "./assignment-facts";
import {
  type AssignmentRule,
  assignmentRules,
  type Employment,
  limitUnits,
  type Reason,
  type RuleInForce,
  unyieldingRules,
} from "./assignment-rules";
import { findRate, findTravel, findUnavailable } from "./reasons/arrival";
import { findEmployer } from "./reasons/employer";
import type { Finder } from "./reasons/finding";
import { findGuardPass, findPassColour, findPassRestriction, findVca } from "./reasons/papers";
import { findOverlap, findRest, findShiftLength, findWeek } from "./reasons/working-time";
import { listWorkingWeeks, secondsWithin } from "./working-weeks";

const finders: Record<AssignmentRule, Finder> = {
  overlap: findOverlap,
  vca: findVca,
  "guard-pass": findGuardPass,
  employer: findEmployer,
  "pass-colour": findPassColour,
  "pass-restriction": findPassRestriction,
  rest: findRest,
  "shift-length": findShiftLength,
  week: findWeek,
  unavailable: findUnavailable,
  travel: findTravel,
  rate: findRate,
};

export type Judgement = Pick<Surroundings, "restBeforeSeconds" | "restAfterSeconds"> & {
  /** Of the fuller of the weeks that the shift touches, with the shift. */
  weekSecondsAfter: number;
  reasons: Reason[];
};

/**
 * How guards are judged for one shift, by the rules that hold at its start: everything that speaks against each, in the
 * order of the rules. A rule that no row holds is not asked, but for those that the database itself enforces.
 */
export function openJudgement(
  shift: ShiftFacts,
  { rules, asOf }: { rules: readonly RuleInForce[]; asOf: Date },
): (guard: GuardFacts) => Judgement {
  const weeks = listWorkingWeeks(shift, shift.timeZone);
  const held = { zzp: rulesFor("zzp", rules), employee: rulesFor("employee", rules) };
  return (guard) => {
    const around = readSurroundings(shift, guard.others);
    const facts = { shift, guard, around, weeks, asOf };
    return {
      restBeforeSeconds: around.restBeforeSeconds,
      restAfterSeconds: around.restAfterSeconds,
      weekSecondsAfter: Math.max(...weeks.map((week) => secondsWithin(week, [...guard.others, shift]))),
      reasons: held[guard.employment].flatMap((rule) =>
        finders[rule.rule](facts, rule.limit ?? 0).map(({ sentence, change, measured = null, isToKnow }) => {
          const severity = isToKnow ? "info" : rule.severity;
          const mayOverride = severity === "info" ? [] : [...rule.overrideRoles];
          return { rule: rule.rule, severity, sentence, change, measured, limit: rule.limit, mayOverride };
        }),
      ),
    };
  };
}

/** The unit in which a reason measures; null for a rule without one. */
export function unitOf(rule: AssignmentRule): string | null {
  return rule in limitUnits ? limitUnits[rule as keyof typeof limitUnits] : null;
}

function rulesFor(employment: Employment, rules: readonly RuleInForce[]): RuleInForce[] {
  return assignmentRules.flatMap((rule) => {
    const row = rules.find((candidate) => candidate.rule === rule && candidate.employment === employment);
    if (row) return [row];
    const isUnyielding = unyieldingRules.includes(rule);
    return isUnyielding ? [{ rule, employment, severity: "block" as const, limit: null, overrideRoles: [] }] : [];
  });
}
