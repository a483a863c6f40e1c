import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { assignmentRules, employments } from "../../../../db/rules/shifts/assignment-rules";
import { judgeGuardForShift } from "../../../../db/shifts/candidates/judge-guard-for-shift";
import { listOpenShiftsForGuard } from "../../../../db/shifts/candidates/list-open-shifts-for-guard";
import { defaults } from "../../../rules/shifts/assignment-case";
import { asOf, type City, hire, hours, openCity, plan } from "./city";

let city: City;

beforeAll(async () => {
  city = await openCity();
  await hire(city.owner, [{ id: 1, kilometers: 1, hourlyRate: 35 }]);
  await plan(city.owner, [
    { id: 1, from: 24, until: 32 },
    { id: 2, from: 48, until: 56 },
  ]);
}, 60_000);
afterAll(() => city.close());

/** The SQLSTATE that refuses it, or "done"; undone either way. */
async function attempt(statement: string): Promise<string> {
  const undone = new Error("undone");
  try {
    await city.owner.begin(async (transaction) => {
      await transaction.unsafe(statement);
      throw undone;
    });
  } catch (error) {
    return error === undone ? "done" : ((error as { constraint_name?: string }).constraint_name ?? String(error));
  }
  return "done";
}

test("each rule holds for both employments from the first day, as the tests of the rules have them", async () => {
  const rows = await city.owner`
    select rule, employment, severity, limit_value::float8 as "limit", override_roles as "overrideRoles"
    from ops_assignment_rules where valid_until is null`;
  const key = (row: { rule: string; employment: string }) => `${row.rule} ${row.employment}`;
  const sorted = (list: { rule: string; employment: string }[]) =>
    [...list].sort((one, other) => (key(one) < key(other) ? -1 : 1));
  expect(sorted(rows as never)).toEqual(sorted(defaults as never));
  expect(rows).toHaveLength(assignmentRules.length * employments.length);
});

describe("a row is refused", () => {
  const insert = (values: string) =>
    `insert into ops_assignment_rules (rule, employment, severity, limit_value, limit_unit, override_roles, valid_from, valid_until, set_by, reason)
     values (${values}, 'a test', 'a test')`;
  test.each([
    [
      "beside another of its time",
      "'rest', 'zzp', 'info', 9, 'hours', '{}', '2026-01-01', null",
      "ops_assignment_rules_one_at_a_time",
    ],
    [
      "of a rule that nobody knows",
      "'shoes', 'zzp', 'info', null, null, '{}', '1999-01-01', '2000-01-01'",
      "valid_rule",
    ],
    [
      "that lets somebody past an overlap",
      "'overlap', 'zzp', 'block', null, null, '{admin}', '1999-01-01', '2000-01-01'",
      "unyielding",
    ],
    [
      "that takes an ended VCA for a warning",
      "'vca', 'zzp', 'warn', null, null, '{}', '1999-01-01', '2000-01-01'",
      "unyielding",
    ],
    ["without its limit", "'rest', 'zzp', 'info', null, null, '{}', '1999-01-01', '2000-01-01'", "limit_in_unit"],
    ["in another unit", "'rest', 'zzp', 'info', 660, 'minutes', '{}', '1999-01-01', '2000-01-01'", "limit_in_unit"],
    [
      "with a limit where the rule has none",
      "'vca', 'zzp', 'block', 3, 'hours', '{}', '1999-01-01', '2000-01-01'",
      "limit_in_unit",
    ],
    ["that ends before it begins", "'rest', 'zzp', 'info', 9, 'hours', '{}', '1999-01-01', '1998-01-01'", "valid_span"],
    [
      "for a role that may not",
      "'rest', 'zzp', 'info', 9, 'hours', '{dba}', '1999-01-01', '2000-01-01'",
      "valid_override_roles",
    ],
    ["not at all, before the first", "'rest', 'zzp', 'info', 9, 'hours', '{ops}', '1999-01-01', '2000-01-01'", "done"],
  ])("%s", async (_what, values, outcome) => {
    expect(await attempt(insert(values))).toBe(outcome);
  });
});

test("a shift is judged by the rules that hold at its start", async () => {
  const turn = hours(48);
  await city.owner.begin(async (transaction) => {
    await transaction`
      update ops_assignment_rules set valid_until = ${turn} where rule = 'rate' and employment = 'zzp'`;
    await transaction`
      insert into ops_assignment_rules
        (rule, employment, severity, limit_value, limit_unit, override_roles, valid_from, set_by, reason)
      values ('rate', 'zzp', 'block', 2, 'euro an hour', '{manager}', ${turn}, 'a test', 'a test')`;
  });
  const seen = async (shiftId: number) =>
    (await judgeGuardForShift(city.reader, { shiftId, guardId: 1, asOf }))?.map(({ severity, limit, mayOverride }) =>
      [severity, limit, ...mayOverride].join(" "),
    );
  expect(await seen(1)).toEqual(["warn 0 ops support manager admin"]);
  expect(await seen(2)).toEqual(["block 2 manager"]);
  const open = await listOpenShiftsForGuard(city.reader, { guardId: 1, asOf, order: "soonest" });
  expect(open?.shifts.map(({ reasons }) => reasons[0]?.severity)).toEqual(["warn", "block"]);
});
