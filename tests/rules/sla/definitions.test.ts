import { expect, test } from "vitest";
import { noCounts } from "../../../db/rules/sla/add-facts";
import { definitionOf, definitions, isMetricId } from "../../../db/rules/sla/definitions";
import { judgeCounts } from "../../../db/rules/sla/judge-counts";
import { withoutCases } from "../../../db/sla/read-cases";

test("every share and every duration has a definition, once", () => {
  const ids = definitions.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const told = (measure: string) => definitions.filter((one) => one.measure === measure).map(({ id }) => id);
  expect(told("share").sort()).toEqual(Object.keys(judgeCounts(noCounts())).sort());
  expect(told("seconds").sort()).toEqual(Object.keys(withoutCases()).sort());
});

test("an id is recognised, anything else is not", () => {
  expect(isMetricId("on-time")).toBe(true);
  expect(isMetricId("toString")).toBe(false);
  expect(definitionOf("no-show").isLowerBetter).toBe(true);
});
