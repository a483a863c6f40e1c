import { expect, test } from "vitest";

import { nearGuard, nearPoint, readNear, readRadiusMeters } from "../../../app/live/near";

test.each([
  ["4.8926,52.3731", { kind: "point", longitude: 4.8926, latitude: 52.3731 }],
  ["-4,-52", { kind: "point", longitude: -4, latitude: -52 }],
  ["guard:7", { kind: "guard", guardId: 7 }],
  ["guard:0", null],
  ["guard:7 or 1=1", null],
  ["guard:99999999999999999", null],
  ["181,52", null],
  ["4,91", null],
  ["4.8926", null],
  ["4.8926,52.3731,9", null],
  ["NaN,NaN", null],
  ["1e3,2", null],
  ["", null],
])("near=%s reads as %o", (asked, expected) => {
  expect(readNear(asked)).toEqual(expected);
});

test("what the map and a row ask for is read back", () => {
  expect(readNear(nearPoint({ longitude: 4.89261234567, latitude: -0.000001 }))).toEqual({
    kind: "point",
    longitude: 4.89261,
    latitude: -0,
  });
  expect(readNear(nearGuard(12))).toEqual({ kind: "guard", guardId: 12 });
});

test.each([
  ["", 2000],
  ["100", 100],
  ["100000", 100_000],
  ["99", null],
  ["100001", null],
  ["2000.5", null],
  ["-2000", null],
  ["1e4", null],
  ["2 km", null],
])("radius=%s is %s metres", (asked, meters) => {
  expect(readRadiusMeters(asked)).toBe(meters);
});
