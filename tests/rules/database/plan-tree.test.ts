import { expect, test } from "vitest";

import { comparePlans, shapeOf } from "../../../db/rules/database/compare-plans";
import { listCandidates, withoutBeaten } from "../../../db/rules/database/index-candidates";
import { maskLiterals } from "../../../db/rules/database/mask-literals";
import { refuseValues } from "../../../db/rules/database/parameter-values";
import { isCostly, isMisestimated, listNodes, toPlanTree } from "../../../db/rules/database/plan-tree";

const scan = (name: string, cost: number, more = {}) => ({
  "Node Type": "Seq Scan",
  "Relation Name": name,
  Alias: name,
  "Total Cost": cost,
  "Plan Rows": 100,
  "Plan Width": 8,
  ...more,
});
const joined = (...below: object[]) =>
  toPlanTree([{ Plan: { "Node Type": "Hash Join", "Join Type": "Inner", "Total Cost": 1000, Plans: below } }]);

test.each([
  ["(status = 'open''s'::text)", "(status = …::text)"],
  ["((hourly_rate > 12.50) AND (id2 = $1))", "((hourly_rate > …) AND (id2 = $1))"],
  [`("it's 5".a1 = E'a\\\\''b' AND NOT (SubPlan 1))`, `("it's 5".a1 = … AND NOT (SubPlan 1))`],
  ["(id = ANY ('{1,2,3}'::integer[]))", "(id = ANY (…::integer[]))"],
  ["(id = (InitPlan 2).col1) OR x < '-1'::integer OR y > 1e-9", "(id = (InitPlan 2).col1) OR x < …::integer OR y > …"],
])("constants are masked, names, parameters and subplans are not: %s", (expression, masked) => {
  expect(maskLiterals(expression)).toBe(masked);
});

test("the step that costs most by itself is marked, not the one above it", () => {
  const plan = joined(scan("shifts", 900), scan("guards", 50));
  expect(listNodes(plan).map(({ ownCost }) => ownCost)).toEqual([50, 900, 50]);
  expect(
    listNodes(plan)
      .filter(isCostly)
      .map(({ relation }) => relation),
  ).toEqual(["shifts"]);
});

test("a step that a limit cuts short never costs less than nothing", () => {
  const plan = toPlanTree([{ Plan: { "Node Type": "Limit", "Total Cost": 5, Plans: [scan("shifts", 900)] } }]);
  expect(plan.ownCost).toBe(0);
});

test.each([
  [999, false],
  [1000, true],
  [10, true],
  [11, false],
])("%d rows where 100 were estimated", (rows, isWrong) => {
  const measured = { "Actual Rows": rows, "Actual Loops": 1, "Actual Total Time": 1 };
  expect(isMisestimated(toPlanTree([{ Plan: scan("shifts", 900, measured) }]))).toBe(isWrong);
});

test("the same steps at another cost are the same plan; another index or condition is another", () => {
  const one = joined(scan("shifts", 900, { Filter: "(id = 5)" }));
  expect(shapeOf(joined(scan("shifts", 3, { Filter: "(id = 6)" })))).toBe(shapeOf(one));
  const [any, given] = ["(at > $1)", "(at > '2026-11-22'::timestamp with time zone)"].map((Filter) =>
    shapeOf(joined(scan("shifts", 900, { Filter }))),
  );
  expect(any).toBe(given);
  expect(shapeOf(joined(scan("shifts", 900, { Filter: "(number = 5)" })))).not.toBe(shapeOf(one));
  expect(shapeOf(joined(scan("shifts", 900, { Filter: "(id = 5)", "Index Name": "a" })))).not.toBe(shapeOf(one));
});

test("two plans are compared by the steps and indexes that went and came, one that stands twice counted twice", () => {
  const former = joined(scan("shifts", 900), scan("shifts", 900), scan("guards", 50));
  const latter = joined(scan("shifts", 900), scan("shifts", 4, { "Node Type": "Index Scan", "Index Name": "fast" }));
  expect(comparePlans(former, latter)).toMatchObject({
    gone: ["Seq Scan on shifts", "Seq Scan on guards"],
    come: ["Index Scan on shifts using fast"],
    comeIndexes: ["fast"],
    goneIndexes: [],
    keptSteps: 2,
  });
});

test("of what an index could serve, equality comes first and what an index begins with already is left out", () => {
  const asked = { schema: "public", table: "shifts", equal: ["status"], joined: [], ranges: ["start"], order: [] };
  const names = (known: string[][]) =>
    listCandidates(asked, known).map((list) => list.map(({ name }) => name).join(" "));
  expect(names([])).toEqual(["status", "status start", "start"]);
  expect(names([["status", "start", "id"]])).toEqual(["start"]);
});

test("an index that saves less and weighs more than another is not advised", () => {
  const advised = [
    { costAfter: 90, sizeBytes: 300 },
    { costAfter: 240, sizeBytes: 100 },
    { costAfter: 300, sizeBytes: 100 },
  ];
  expect(withoutBeaten(advised)).toEqual(advised.slice(0, 2));
});

test("a value fits its parameter, or the sentence says what would", () => {
  expect(refuseValues(["integer", "text", "date"], ["-4", "", "2026-11-22"])).toEqual([]);
  expect(refuseValues(["integer"], ["4; drop table shifts"])).toHaveLength(1);
  expect(refuseValues(["regclass"], ["shifts"])).toEqual([
    "Parameter $1 is of type regclass, of which no value can be entered here.",
  ]);
});
