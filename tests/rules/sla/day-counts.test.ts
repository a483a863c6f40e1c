import { expect, test } from "vitest";

import { type DayCount, tallyDate, tallyWindows, windowDates } from "../../../db/rules/sla/day-counts";

const day = (date: string, daysAgo: number, hits: number): DayCount => ({
  date,
  daysAgo,
  hits,
  of: 10,
  uncertain: 1,
  leftOut: 2,
});

test("seven days are this window, the seven before the last", () => {
  const { current, previous } = tallyWindows([day("a", 1, 9), day("b", 7, 8), day("c", 8, 3), day("d", 14, 1)]);
  expect(current).toEqual({ hits: 17, of: 20, uncertain: 2, leftOut: 4 });
  expect(previous).toEqual({ hits: 4, of: 20, uncertain: 2, leftOut: 4 });
});

test("a date without shifts has counted nothing", () => {
  expect(tallyDate([day("2026-11-21", 1, 9)], "2026-11-20")).toEqual({ hits: 0, of: 0, uncertain: 0, leftOut: 0 });
});

test("the dates of the window end yesterday, by the clock of the zone, also across summer time", () => {
  expect(windowDates(new Date("2026-11-22T23:30:00Z"), "Europe/Amsterdam")[0]).toBe("2026-11-22");
  expect(windowDates(new Date("2026-11-22T22:30:00Z"), "Europe/Amsterdam")[0]).toBe("2026-11-21");
  expect(windowDates(new Date("2026-10-27T12:00:00Z"), "Europe/Amsterdam")).toEqual([
    ...["2026-10-26", "2026-10-25", "2026-10-24", "2026-10-23", "2026-10-22", "2026-10-21", "2026-10-20"],
  ]);
});
