import { expect, test } from "vitest";

import { growth, hitRatioBetween } from "../../../db/rules/database/hit-ratio";
import { monthlyGrowth } from "../../../db/rules/database/monthly-growth";

const counted = (...values: (number | null)[]) =>
  values.map((value, index) => ({ at: new Date(Date.UTC(2026, 10, 22, 12, index)), value }));
const daily = (days: number, sizeOn: (day: number) => number) =>
  Array.from({ length: days + 1 }, (_, day) => ({ at: new Date(Date.UTC(2026, 9, 1 + day)), value: sizeOn(day) }));

test("a hit ratio is of what was asked for in the time shown, not since the statistics began", () => {
  expect(hitRatioBetween(counted(1_000_000, 1_000_050), counted(5, 55))).toBe(0.5);
});

test("a hit ratio over a reset, a gap, an idle time or one sample is unknown", () => {
  expect(hitRatioBetween(counted(100, 5, 200), counted(1, 1, 1))).toBeNull();
  expect(hitRatioBetween(counted(100, null, 200), counted(1, 1, 1))).toBeNull();
  expect(hitRatioBetween(counted(100, 100), counted(1, 1))).toBeNull();
  expect(growth(counted(100))).toBeNull();
});

test("growth is told from two weeks of samples on", () => {
  expect(monthlyGrowth(daily(13, (day) => 1000 + day))).toBeNull();
  const steady = monthlyGrowth(daily(30, (day) => 970 + day));
  expect(steady?.monthlyRatio).toBeCloseTo(0.03);
});

test("one bulk load makes no trend, and the bounds hold the median between them", () => {
  const loaded = monthlyGrowth(daily(28, (day) => 1000 + day + (day >= 27 ? 5000 : 0)));
  expect(loaded?.monthlyRatio).toBeLessThan(0.02);
  expect(loaded?.lowRatio).toBeLessThanOrEqual(loaded?.monthlyRatio as number);
  expect(loaded?.highRatio).toBeGreaterThanOrEqual(loaded?.monthlyRatio as number);
});
