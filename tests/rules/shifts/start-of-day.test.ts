import { expect, test } from "vitest";

import { dayAfter, localDate, startOfDay } from "../../../db/rules/shifts/start-of-day";

const amsterdam = (date: string) => startOfDay(date, "Europe/Amsterdam")?.toISOString();

test("a day begins at local midnight, also on the days when the clock changes", () => {
  expect(amsterdam("2026-11-22")).toBe("2026-11-21T23:00:00.000Z");
  expect(amsterdam("2026-03-29")).toBe("2026-03-28T23:00:00.000Z");
  expect(amsterdam("2026-03-30")).toBe("2026-03-29T22:00:00.000Z");
  expect(amsterdam("2026-10-25")).toBe("2026-10-24T22:00:00.000Z");
  expect(amsterdam("2026-10-26")).toBe("2026-10-25T23:00:00.000Z");
  expect(startOfDay("2026-11-22", "America/New_York")?.toISOString()).toBe("2026-11-22T05:00:00.000Z");
});

test("what is no date begins never", () => {
  for (const text of ["", "today", "2026-13-01", "2026-02-30", "2026-1-1", "+02026-01-01"]) {
    expect(startOfDay(text, "Europe/Amsterdam")).toBeNull();
  }
});

test("the local date of an instant is that of its zone", () => {
  expect(localDate(new Date("2026-11-22T23:30:00Z"), "Europe/Amsterdam")).toBe("2026-11-23");
  expect(dayAfter("2026-02-28")).toBe("2026-03-01");
});
