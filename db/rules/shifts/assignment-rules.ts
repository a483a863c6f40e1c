/** Weightiest first: the first that speaks against a guard is the one that a funnel names. */
export const assignmentRules = [
  "overlap",
  "vca",
  "guard-pass",
  "employer",
  "pass-colour",
  "pass-restriction",
  "rest",
  "shift-length",
  "week",
  "unavailable",
  "travel",
  "rate",
] as const;
export type AssignmentRule = (typeof assignmentRules)[number];

export const employments = ["zzp", "employee"] as const;
export type Employment = (typeof employments)[number];

/** block: not without an override. warn: with a reason given. info: to know. */
export const ruleSeverities = ["block", "warn", "info"] as const;
export type RuleSeverity = (typeof ruleSeverities)[number];

/** Nobody may override these, and they block whatever the rows say. */
export const unyieldingRules: readonly AssignmentRule[] = ["overlap", "vca", "guard-pass", "employer"];

export const overrideRoles = ["ops", "support", "manager", "admin"] as const;
export type OverrideRole = (typeof overrideRoles)[number];

export const limitUnits = {
  rest: "hours",
  "shift-length": "hours",
  week: "hours",
  unavailable: "hours",
  travel: "minutes",
  rate: "euro an hour",
} as const satisfies Partial<Record<AssignmentRule, string>>;

/** One row of ops_assignment_rules, as it holds for a shift. */
export type RuleInForce = {
  rule: AssignmentRule;
  employment: Employment;
  severity: RuleSeverity;
  /** In the unit of the rule; null for a rule without one. */
  limit: number | null;
  overrideRoles: readonly OverrideRole[];
};

/** What speaks against a guard on a shift. */
export type Reason = {
  rule: AssignmentRule;
  severity: RuleSeverity;
  sentence: string;
  /** What would have to change, one sentence. */
  change: string;
  /** What was found, in the unit of the rule; null where it has none or it is unknown. */
  measured: number | null;
  limit: number | null;
  /** Who may assign in spite of it. Empty where nobody may, and for what is only to know. */
  mayOverride: OverrideRole[];
};

/** The gravest of the reasons; null where there is none. */
export function worstOf(reasons: readonly Reason[]): RuleSeverity | null {
  return ruleSeverities.find((severity) => reasons.some((reason) => reason.severity === severity)) ?? null;
}
