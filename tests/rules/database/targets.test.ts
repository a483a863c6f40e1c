import { expect, test } from "vitest";

import { growth, hitRatioBetween } from "../../../db/rules/database/hit-ratio";

const counted = (...values: (number | null)[]) =>
  values.map((value, index) => ({ at: new Date(Date.UTC(2026, 10, 22, 12, index)), value }));

test("a hit ratio is of what was asked for in the time shown, not since the statistics began", () => {
  expect(hitRatioBetween(counted(1_000_000, 1_000_050), counted(5, 55))).toBe(0.5);
});

test("a hit ratio over a reset, a gap, an idle time or one sample is unknown", () => {
  expect(hitRatioBetween(counted(100, 5, 200), counted(1, 1, 1))).toBeNull();
  expect(hitRatioBetween(counted(100, null, 200), counted(1, 1, 1))).toBeNull();
  expect(hitRatioBetween(counted(100, 100), counted(1, 1))).toBeNull();
  expect(growth(counted(100))).toBeNull();
});
