import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import { OperationRefusal } from "../../../db/operation";
import { changeAssignmentRule } from "../../../db/operations/change-assignment-rule";
import { until } from "../../support/until";
import { openShiftStage, type ShiftStage } from "./shift-stage";

let stage: ShiftStage;
beforeAll(async () => {
  stage = await openShiftStage({ guardCount: 2 });
});
afterAll(() => stage?.close());

const given = { rule: "rest", employment: "zzp", severity: "warn", limit: 9, roles: "manager", why: "The agreement." };
const change = (values: Record<string, unknown> = {}) => ({ ...given, from: "2047-01-01", ...values });
const refusalsOf = async (values: Record<string, unknown>) =>
  (await stage.plan(changeAssignmentRule, change(values))).plan.refusals;
const rowsOf = (rule: string, employment = "zzp") => stage.owner<
  {
    severity: string;
    limit: number;
    roles: string[];
    from: string;
    until: string | null;
    setBy: string;
    reason: string;
  }[]
>`
  select severity, limit_value::float8 as "limit", override_roles as roles, set_by as "setBy", reason,
         to_char(valid_from at time zone 'Europe/Amsterdam', 'YYYY-MM-DD HH24:MI') as from,
         to_char(valid_until at time zone 'Europe/Amsterdam', 'YYYY-MM-DD HH24:MI') as until
  from ops_assignment_rules where rule = ${rule} and employment = ${employment} order by valid_from`;

test("a change is planned against what was assigned, and holds from its moment on as a row of its own", async () => {
  const [guard] = stage.guardIds;
  await stage.planShift(-40, 8, guard);
  await stage.planShift(-23, 8, guard);
  const { plan, risk } = await stage.plan(changeAssignmentRule, change({ severity: "block", limit: 10 }));
  expect([plan.target, plan.refusals, risk]).toEqual(["rule:rest:zzp", [], "medium"]);
  expect(plan.consequences).toContain(
    "Of 2 assignments of the last 28 days (zzp) 2 would have been blocked, 0 warned of and 0 freed.",
  );
  expect(plan.examples).toHaveLength(2);
  expect(plan.examples?.[0]?.sentence).toMatch(/^would have been blocked\. .*9 h/);

  const { summary, proof } = await stage.act(changeAssignmentRule, change());
  expect(summary).toBe("From 2047-01-01 00:00 in Amsterdam on rest for zzp: warn at 9 hours, overridden by manager.");
  expect(proof[0]?.before).toMatch(/^warn at 11 hours/);
  expect(await rowsOf("rest")).toMatchObject([
    { limit: 11, until: "2047-01-01 00:00" },
    {
      limit: 9,
      roles: ["manager"],
      from: "2047-01-01 00:00",
      until: null,
      setBy: "requester",
      reason: "The agreement.",
    },
  ]);
  expect(await rowsOf("rest", "employee")).toMatchObject([{ limit: 11, until: null }]);
});

test("one before another that is set ends where that begins", async () => {
  await stage.act(changeAssignmentRule, change({ rule: "week", limit: 50, from: "2048-06-01" }));
  await stage.act(changeAssignmentRule, change({ rule: "week", limit: 55, from: "2048-01-01T06:30" }));
  expect((await rowsOf("week")).map(({ limit, from, until: end }) => [limit, from, end])).toEqual([
    [60, "2000-01-01 01:00", "2048-01-01 06:30"],
    [55, "2048-01-01 06:30", "2048-06-01 00:00"],
    [50, "2048-06-01 00:00", null],
  ]);
});

test.each([
  ["the past", { from: "2026-01-01" }, /a moment that has passed/],
  ["what the database enforces", { rule: "vca", limit: undefined, severity: "block", roles: "" }, /always blocks/],
  ["a rule without its limit", { rule: "travel", limit: undefined }, /needs a limit in minutes/],
  ["a limit where there is none", { rule: "pass-colour" }, /has no limit/],
  ["an override of what is only to know", { rule: "shift-length", severity: "info" }, /needs no override/],
  ["what is so already", { rule: "shift-length", limit: 12, roles: "ops, support, manager, admin" }, /is so already/],
])("refused is %s", async (_, values, sentence) => {
  expect((await refusalsOf(values)).join(" ")).toMatch(sentence);
});

test("a moment that is set already, or that no clock shows, is refused", async () => {
  await stage.act(changeAssignmentRule, change({ rule: "rate", limit: 2, from: "2049-03-01" }));
  expect((await refusalsOf({ rule: "rate", limit: 3, from: "2049-03-01" })).join(" ")).toMatch(/this very moment/);
  await expect(stage.plan(changeAssignmentRule, change({ from: "2049-03-28T02:30" }))).rejects.toThrow(
    "Clocks in Amsterdam never show 2049-03-28T02:30.",
  );
  expect(changeAssignmentRule.readInput({ ...change(), limit: "9", roles: "manager, dba" })).toHaveProperty(
    "complaint",
  );
});

test("of two who change one rule at once one is told so", async () => {
  const asked = [30, 40].map((limit) => change({ rule: "travel", limit, from: `2050-01-${limit - 20}` }));
  let acts: Promise<unknown[]> | undefined;
  await stage.owner.begin(async (held) => {
    await held`select from ops_assignment_rules where rule = 'travel' for update`;
    acts = Promise.all(
      asked.map((input) =>
        stage.act(changeAssignmentRule, input).catch((error: unknown) => {
          if (error instanceof OperationRefusal) return error.message;
          throw error;
        }),
      ),
    );
    await until(
      async () => {
        const [row] = await stage.owner<{ waiting: number }[]>`
          select count(*)::integer as waiting from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
        return row?.waiting === 2;
      },
      { withinSeconds: 30 },
    );
  });
  const told = (await acts)?.filter((one) => typeof one === "string");
  expect(told).toEqual(["Nothing was done. Somebody changed this rule since it was planned. Plan again."]);
  expect(await rowsOf("travel")).toHaveLength(2);
});

test("the database refuses two rows at once, and the console a row of the past or the end of one that held", async () => {
  const row = (from: string, rule = "unavailable") => `
    insert into ops_assignment_rules (rule, employment, severity, limit_value, limit_unit, valid_from, set_by, reason)
    values ('${rule}', 'zzp', 'warn', 1, 'hours', '${from}', 'A test', 'None')`;
  await expect(stage.owner.unsafe(row("2051-01-01"))).rejects.toMatchObject({ code: "23P01" });
  const ops = openClient(loginUrl(stage.environment, "console_ops"), { max: 1, applicationName: "tests" });
  try {
    await stage.owner`update ops_assignment_rules set valid_until = '2020-01-01' where rule = 'unavailable'`;
    await expect(ops.unsafe(row("2021-01-01"))).rejects.toMatchObject({ code: "42501" });
    const ended = await ops`update ops_assignment_rules set valid_until = '2060-01-01' where rule = 'unavailable'`;
    expect(ended.count).toBe(0);
    await expect(
      ops`update ops_assignment_rules set valid_until = '2021-01-01' where rule = 'shift-length'`,
    ).rejects.toMatchObject({ code: "42501" });
    await expect(ops`update ops_assignment_rules set severity = 'info'`).rejects.toMatchObject({ code: "42501" });
  } finally {
    await ops.end();
  }
});
