import { expect, test } from "vitest";

import { isWithinRadius, judgeCheckin } from "../../../db/rules/live/verdict";

test.each([
  [0, 50, 10, "inside"],
  [40, 50, 10, "inside"],
  [40.1, 50, 10, "uncertain"],
  [50, 50, 10, "uncertain"],
  [60, 50, 10, "uncertain"],
  [60.1, 50, 10, "outside"],
  [0, 50, 100, "uncertain"],
  [149, 50, 100, "uncertain"],
  [151, 50, 100, "outside"],
  [0, 50, null, "uncertain"],
] as const)(
  "%s m from the centre, radius %s m, accuracy %s m: %s",
  (distanceMeters, radiusMeters, accuracyMeters, expected) => {
    expect(judgeCheckin({ distanceMeters, radiusMeters, accuracyMeters })).toBe(expected);
  },
);

test("what cannot be proven stands as null in the database", () => {
  expect(isWithinRadius("inside")).toBe(true);
  expect(isWithinRadius("outside")).toBe(false);
  expect(isWithinRadius("uncertain")).toBeNull();
});
