import { expect, test } from "vitest";

import { judgeTarget } from "../../../db/rules/sla/judge-target";

const higher = { isLowerBetter: false };
const lower = { isLowerBetter: true };

test.each([
  ["all of the range at the target or above", { low: 0.95, high: 0.97 }, { ratio: 0.95 }, higher, "met"],
  ["all of it below", { low: 0.9, high: 0.949 }, { ratio: 0.95 }, higher, "missed"],
  ["the target within it", { low: 0.9, high: 0.96 }, { ratio: 0.95 }, higher, "open"],
  ["no more than is allowed", { low: 0.005, high: 0.01 }, { ratio: 0.01 }, lower, "met"],
  ["more than is allowed, whatever is uncertain", { low: 0.011, high: 0.02 }, { ratio: 0.01 }, lower, "missed"],
  ["more than is allowed only with what is uncertain", { low: 0.005, high: 0.02 }, { ratio: 0.01 }, lower, "open"],
] as const)("%s: a target is judged", (_, share, target, definition, verdict) => {
  expect(judgeTarget(share, target, definition)).toBe(verdict);
});

test("nothing counted neither meets nor misses", () => {
  expect(judgeTarget({ low: null, high: null }, { ratio: 0.95 }, higher)).toBeNull();
});
