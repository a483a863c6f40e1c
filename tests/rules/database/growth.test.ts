import fc from "fast-check";
import { expect, test } from "vitest";

import { fewestDays, forecastOf, type Growth, growthOf } from "../../../db/rules/database/growth";

const daily = (days: number, sizeOn: (day: number) => number | null) =>
  Array.from({ length: days + 1 }, (_, day) => ({ at: new Date(Date.UTC(2026, 7, 1 + day, 23)), value: sizeOn(day) }));
const grown = (days: number, sizeOn: (day: number) => number | null) => growthOf(daily(days, sizeOn)) as Growth;

test("growth is told from two weeks on, with how many days it rests upon", () => {
  expect(growthOf(daily(fewestDays - 1, (day) => 1000 + day))).toBeNull();
  expect(growthOf(daily(30, (day) => (day % 6 ? null : 1000 + day)))).toBeNull();
  expect(growthOf([])).toBeNull();
  expect(growthOf(daily(40, () => null))).toBeNull();
  expect(grown(fewestDays, (day) => 1000 + day)).toMatchObject({ dayCount: 15, spanDays: 14, value: 1014, perDay: 1 });
  expect(grown(30, (day) => (day % 3 ? null : 970 + day))).toMatchObject({ dayCount: 11, spanDays: 30 });
});

test("of several samples of a day the last one counts, so that hours with many do not weigh more", () => {
  const once = daily(30, (day) => 1000 + day);
  const morning = once.map(({ at }) => ({ at: new Date(at.getTime() - 8 * 3_600_000), value: 5000 }));
  const both = [...once, ...morning].sort((one, other) => one.at.getTime() - other.at.getTime());
  expect(growthOf(both)).toEqual(growthOf(once));
});

test("one bulk load, or one day that was measured wrong, makes no trend", () => {
  const loaded = grown(40, (day) => 1000 + day + (day >= 39 ? 5000 : 0));
  expect(loaded.perDay).toBeLessThan(2);
  const odd = grown(40, (day) => (day === 20 ? 90_000 : 1000 + day));
  expect(odd.perDay).toBeCloseTo(1, 0);
});

test("what grew on some days and not on others has a wide interval around its middle", () => {
  const stepwise = grown(60, (day) => 1000 + 300 * Math.floor(day / 15));
  expect(stepwise.highPerDay - stepwise.lowPerDay).toBeGreaterThan(5);
  const { low, mid, high } = forecastOf(stepwise, 30);
  expect([low <= mid, mid <= high]).toEqual([true, true]);
});

test("what shrinks comes to nothing and not below it", () => {
  const shrinking = grown(30, (day) => 1000 - 30 * day);
  expect(forecastOf(shrinking, 90)).toEqual({ days: 90, low: 0, mid: 0, high: 0 });
});

test("of sizes that go straight on under noise, at least 8 of 10 are found within the interval", () => {
  let within = 0;
  const runs = 300;
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 500 }),
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 91, maxLength: 91 }),
      (slope, noise) => {
        const sizeOn = (day: number) => 100_000 + slope * day + 20 * slope * (noise[day] as number);
        const { low, high } = forecastOf(grown(60, sizeOn), 30);
        const actual = sizeOn(90);
        if (actual >= low && actual <= high) within += 1;
      },
    ),
    { numRuns: runs, seed: 20261123 },
  );
  expect(within / runs).toBeGreaterThanOrEqual(0.8);
});
