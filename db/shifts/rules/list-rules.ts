import { and, asc, desc, eq } from "drizzle-orm";

import type { Database } from "../../connections";
import type { AssignmentRule, Employment, RuleInForce } from "../../rules/shifts/assignment-rules";
import { opsAssignmentRules } from "../../schema";

/** One row, as it holds from `validFrom` until `validUntil`, which is null while no end is set. */
export type DatedRule = RuleInForce & {
  id: number;
  validFrom: Date;
  validUntil: Date | null;
  setBy: string;
  reason: string;
};

type Asked = { rule?: AssignmentRule; employment?: Employment };

/** All rows there ever were, of one rule and employment or of all, the latest first. A table of some dozen rows. */
export async function listRules(
  db: Pick<Database, "select">,
  { rule, employment }: Asked = {},
  { isLocked = false } = {},
): Promise<DatedRule[]> {
  const query = db
    .select()
    .from(opsAssignmentRules)
    .where(and(rule && eq(opsAssignmentRules.rule, rule), employment && eq(opsAssignmentRules.employment, employment)))
    .orderBy(asc(opsAssignmentRules.rule), asc(opsAssignmentRules.employment), desc(opsAssignmentRules.validFrom));
  const rows = isLocked ? await query.for("update") : await query;
  return rows.map(({ limitValue, ...row }) => ({ ...row, limit: limitValue === null ? null : Number(limitValue) }));
}

/** The one of `rules` that holds at `at`; undefined where none does. */
export function ruleAt<Rule extends Pick<DatedRule, "validFrom" | "validUntil">>(
  rules: readonly Rule[],
  at: Date,
): Rule | undefined {
  return rules.find(({ validFrom, validUntil }) => validFrom <= at && (validUntil === null || validUntil > at));
}
