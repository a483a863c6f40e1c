import { expect, test } from "vitest";

import {
  formatAge,
  formatBytes,
  formatCount,
  formatDistance,
  formatEuro,
  formatPercent,
  formatSeconds,
  formatShare,
} from "../../../app/ui/format";

test.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1.00 KiB"],
  [1_048_575, "1.00 MiB"],
  [15_728_640, "15.0 MiB"],
  [161_061_273_600, "150 GiB"],
  [-2048, "−2.00 KiB"],
])("%d bytes read %s", (sizeBytes, text) => expect(formatBytes(sizeBytes)).toBe(text));

test.each([
  [0, "0 s"],
  [0.0123, "12 ms"],
  [0.44, "0.4 s"],
  [9.96, "10 s"],
  [59.4, "59 s"],
  [59.6, "1 min"],
  [200, "3 min 20 s"],
  [3599.9, "1 h"],
  [7500, "2 h 5 min"],
  [86_370, "1 d"],
  [93_600 * 3, "3 d 6 h"],
  [-90, "−1 min 30 s"],
])("%d seconds read %s", (seconds, text) => expect(formatSeconds(seconds)).toBe(text));

test.each([
  [0.4, "now"],
  [59.9, "59 s"],
  [60, "1 min"],
  [7199, "1 h"],
  [47 * 3600, "47 h"],
  [49 * 3600, "2 d"],
])("an age of %d seconds reads %s, never older than it is", (seconds, text) => expect(formatAge(seconds)).toBe(text));

test.each([
  [17, 18, "17 of 18"],
  [0, 19, "0 of 19"],
  [18, 20, "90.0 % of 20"],
  [294, 312, "94.2 % of 312"],
  [1999, 2000, "> 99.9 % of 2,000"],
  [9999, 10_000, "> 99.9 % of 10,000"],
  [2000, 2000, "100 % of 2,000"],
  [0, 0, "none due"],
])("%d of %d reads %s", (hits, of, text) => expect(formatShare(hits, of)).toBe(text));

test("only nothing is 0 %, only a whole is 100 %", () => {
  expect([0, 0.0004, 0.001, 0.999, 0.9996, 1].map(formatPercent)).toEqual([
    "0 %",
    "< 0.1 %",
    "0.1 %",
    "99.9 %",
    "> 99.9 %",
    "100 %",
  ]);
});

test.each([
  [0, "0 m"],
  [999.6, "1.0 km"],
  [1240, "1.2 km"],
  [9960, "10 km"],
  [1_234_567, "1,235 km"],
])("%d metres read %s", (meters, text) => expect(formatDistance(meters)).toBe(text));

test("money and counts are grouped", () => {
  expect(formatEuro(1234.5)).toBe("€1,234.50");
  expect(formatCount(1_234_567)).toBe("1,234,567");
});

test("what could not be read is unknown, never zero", () => {
  for (const format of [
    formatBytes,
    formatSeconds,
    formatAge,
    formatEuro,
    formatDistance,
    formatPercent,
    formatCount,
  ]) {
    expect(format(null)).toBe("unknown");
  }
  expect(formatShare(null, 20)).toBe("unknown");
});
