import { expect, test } from "vitest";

import { type FenceMeasure, judgeFence, offsetOf } from "../../../db/rules/sla/judge-fence";

const measure = (changes: Partial<FenceMeasure> = {}): FenceMeasure => ({
  checkinCount: 200,
  guardCount: 6,
  radiusMeters: 100,
  eastMeters: 3,
  northMeters: 4,
  neededRadiusMeters: 62,
  movedRadiusMeters: 61,
  ...changes,
});

test("a fence in which the work lies fits", () => {
  expect(judgeFence(measure())).toEqual({ verdict: "good" });
});

test("few check-ins, or those of one guard, tell nothing of the fence", () => {
  expect(judgeFence(measure({ checkinCount: 19 }))).toEqual({ verdict: "too few" });
  expect(judgeFence(measure({ guardCount: 2 }))).toEqual({ verdict: "too few" });
});

test("a pin beside the work is moved, by a near miss it is not", () => {
  expect(judgeFence(measure({ eastMeters: 57, northMeters: 57, movedRadiusMeters: 64 }))).toEqual({
    verdict: "move",
    offsetMeters: Math.hypot(57, 57),
    direction: "north-east",
    radiusMeters: 70,
  });
  expect(judgeFence(measure({ eastMeters: 0, northMeters: -25 }))).toEqual({ verdict: "good" });
});

test("a radius that cannot prove a tenth inside is widened, one three times too wide narrowed, within what may be", () => {
  expect(judgeFence(measure({ neededRadiusMeters: 101 }))).toEqual({ verdict: "widen", radiusMeters: 110 });
  expect(judgeFence(measure({ radiusMeters: 300, neededRadiusMeters: 96 }))).toEqual({
    verdict: "narrow",
    radiusMeters: 100,
  });
  expect(judgeFence(measure({ radiusMeters: 300, neededRadiusMeters: 101 }))).toEqual({ verdict: "good" });
  expect(judgeFence(measure({ radiusMeters: 900, neededRadiusMeters: 1_150 }))).toEqual({
    verdict: "widen",
    radiusMeters: 1_000,
  });
  expect(judgeFence(measure({ radiusMeters: 50, neededRadiusMeters: 5 }))).toEqual({ verdict: "good" });
});

test.each([
  [0, 10, "north"],
  [10, 10, "north-east"],
  [10, 0, "east"],
  [0, -10, "south"],
  [-10, 0, "west"],
  [-1, 10, "north"],
])("%d m east and %d m north is %s", (eastMeters, northMeters, direction) => {
  expect(offsetOf({ eastMeters, northMeters }).direction).toBe(direction);
});
