import { isPermitted } from "~/auth/permissions";
import type { SignedIn } from "~/auth/signed-in";
import { securyflex } from "../../../db/connections";
import { unyieldingRules } from "../../../db/rules/shifts/assignment-rules";
import { unitOf } from "../../../db/rules/shifts/judge-assignment";
import { type DatedRule, listRules } from "../../../db/shifts/rules/list-rules";

export type ListedRule = DatedRule & {
  unit: string | null;
  /** The form that proposes another; null for a rule that the database enforces, and for who may not change it. */
  changePath: string | null;
};

/** What is asked of a guard on a shift: what holds, what is set for later, and what held before, the latest first. */
export async function readRules({ staff }: SignedIn) {
  const readAt = new Date();
  const mayChange = isPermitted(staff.role, "rules.change");
  const rules = (await listRules(securyflex("console_read"))).map((rule): ListedRule => {
    const isFixed = unyieldingRules.includes(rule.rule);
    return { ...rule, unit: unitOf(rule.rule), changePath: mayChange && !isFixed ? changePath(rule) : null };
  });
  const hasEnded = ({ validUntil }: DatedRule) => validUntil !== null && validUntil <= readAt;
  return {
    readAt,
    mayChange,
    standing: rules.filter((rule) => rule.validFrom <= readAt && !hasEnded(rule)),
    coming: rules.filter(({ validFrom }) => validFrom > readAt).map((rule) => ({ ...rule, changePath: null })),
    former: rules.filter(hasEnded).map((rule) => ({ ...rule, changePath: null })),
  };
}

function changePath({ rule, employment, severity, limit, overrideRoles }: DatedRule): string {
  const known = { rule, employment, severity, limit: limit === null ? "" : String(limit) };
  const asked = new URLSearchParams({ ...known, roles: overrideRoles.join(", ") });
  return `/operations/new/change-assignment-rule?${asked}`;
}
