import { expect, test } from "vitest";

import { describePeriod, periodSearch, readPeriod } from "../../../app/database/history-range";

const now = new Date("2026-11-22T12:34:56Z");
const read = (text: string) => readPeriod(new URLSearchParams(text), now);

test("a range looks back from now; one that there is not is 6 hours", () => {
  expect(read("range=24h")).toEqual({ range: "24h", from: new Date("2026-11-21T12:34:56Z"), to: now, complaint: null });
  for (const text of ["", "range=constructor", "range=", "from=2026-11-22T01:00"]) expect(read(text).range).toBe("6h");
});

test("a range of one's own goes by the clocks of the zone, and leads to itself again", () => {
  const period = read("range=own&from=2026-11-20T10:00&until=2026-11-20T12:30");
  expect(period).toMatchObject({
    from: new Date("2026-11-20T09:00:00Z"),
    to: new Date("2026-11-20T11:30:00Z"),
    complaint: null,
  });
  expect(read(`${periodSearch(period)}`)).toEqual(period);
  expect(describePeriod(period)).toBe("20 Nov 2026, 10:00–12:30 CET");
});

test("one that is not filled yet is the last six hours to the minute", () => {
  expect(read("range=own&from=&until=")).toMatchObject({
    from: new Date("2026-11-22T06:34:00Z"),
    to: new Date("2026-11-22T12:34:00Z"),
    complaint: null,
  });
});

test.each([
  ["from=yesterday", "From is no date and time."],
  ["until=2026-02-30T10:00", "Until is no date and time."],
  ["from=2026-11-22T01:00&until=2026-13-01T00:00", "Until is no date and time."],
  ["from=2026-11-22T12:00&until=2026-11-22T11:00", "From is not before until."],
  ["from=2026-11-22T12:00&until=2026-11-22T12:00", "From is not before until."],
  ["from=2026-11-23T12:00&until=2026-11-24T12:00", "From has not come yet."],
  ["from=2025-01-01T00:00&until=2026-11-22T12:00", "From is too long ago: samples are kept 90 days."],
  ["from=99999-01-01T00:00", "From is no date and time."],
])("%s is refused with its reason", (text, sentence) => {
  expect(read(`range=own&${text}`).complaint).toContain(sentence);
});
