import { expect, test } from "vitest";

import { formatInstant, formatSpan, zoneAbbreviation } from "../../../app/ui/format-instant";

const winter = new Date("2026-11-22T13:02:11Z");
const summer = new Date("2026-09-05T22:30:00Z");

test.each([
  ["minute", "14:02 CET"],
  ["second", "14:02:11 CET"],
  ["day", "22 Nov, 14:02 CET"],
  ["stamp", "22 Nov, 14:02:11 CET"],
  ["date", "22 Nov 2026"],
  ["full", "Sun 22 Nov 2026, 14:02:11 CET"],
] as const)("the style %s reads %s", (style, text) => expect(formatInstant(winter, { style })).toBe(text));

test("summer time and other zones say so", () => {
  expect(formatInstant(summer)).toBe("6 Sep, 00:30 CEST");
  expect(formatInstant(winter, { zone: "America/Curacao", style: "minute" })).toBe("09:02 GMT-4");
  expect(zoneAbbreviation(summer)).toBe("CEST");
});

test("a span over midnight carries the date of its end, one over the change of the clock both zones", () => {
  expect(formatSpan(new Date("2026-11-22T13:00:00Z"), new Date("2026-11-22T21:00:00Z"))).toBe("14:00–22:00 CET");
  expect(formatSpan(new Date("2026-11-22T21:00:00Z"), new Date("2026-11-23T05:00:00Z"))).toBe(
    "22:00–23 Nov, 06:00 CET",
  );
  expect(formatSpan(new Date("2026-10-24T20:00:00Z"), new Date("2026-10-25T05:00:00Z"))).toBe(
    "22:00 CEST–25 Oct, 06:00 CET",
  );
});
