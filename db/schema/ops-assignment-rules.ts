import { sql } from "drizzle-orm";
import { bigint, check, numeric, pgTable, text, timestamp } from "drizzle-orm/pg-core";

import { assignmentRules, employments, type OverrideRole, ruleSeverities } from "../rules/shifts/assignment-rules";

/**
 * What is asked of a guard on a shift, by instant: a shift is judged by the rows that hold at its start. No two of one
 * rule and employment hold at once: the exclusion constraint `ops_assignment_rules_one_at_a_time` stands in the migration.
 */
export const opsAssignmentRules = pgTable(
  "ops_assignment_rules",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    rule: text("rule", { enum: assignmentRules }).notNull(),
    employment: text("employment", { enum: employments }).notNull(),
    severity: text("severity", { enum: ruleSeverities }).notNull(),
    limitValue: numeric("limit_value", { precision: 10, scale: 2 }),
    limitUnit: text("limit_unit"),
    overrideRoles: text("override_roles").array().$type<OverrideRole[]>().notNull().default(sql`'{}'`),
    validFrom: timestamp("valid_from", { withTimezone: true }).notNull(),
    /** Null while no end is set. */
    validUntil: timestamp("valid_until", { withTimezone: true }),
    setBy: text("set_by").notNull(),
    reason: text("reason").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    check("valid_employment", sql`${table.employment} in ('zzp', 'employee')`),
    check("valid_severity", sql`${table.severity} in ('block', 'warn', 'info')`),
    check("valid_override_roles", sql`${table.overrideRoles} <@ array['ops', 'support', 'manager', 'admin']`),
    check(
      "valid_rule",
      sql`${table.rule} in ('overlap', 'vca', 'guard-pass', 'employer', 'pass-colour', 'pass-restriction', 'rest', 'shift-length', 'week', 'unavailable', 'travel', 'rate')`,
    ),
    check(
      "limit_in_unit",
      sql`(${table.limitValue} is null) = (${table.limitUnit} is null) and (${table.limitValue} is null or ${table.limitValue} >= 0) and ${table.limitUnit} is not distinct from case when ${table.rule} in ('rest', 'shift-length', 'week', 'unavailable') then 'hours' when ${table.rule} = 'travel' then 'minutes' when ${table.rule} = 'rate' then 'euro an hour' end`,
    ),
    check(
      "unyielding",
      sql`${table.rule} not in ('overlap', 'vca', 'guard-pass', 'employer') or ${table.severity} = 'block' and ${table.overrideRoles} = '{}'`,
    ),
    check("valid_span", sql`${table.validUntil} > ${table.validFrom}`),
  ],
);
