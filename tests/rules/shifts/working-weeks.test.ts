import { describe, expect, test } from "vitest";

import type { AssignmentRule } from "../../../db/rules/shifts/assignment-rules";
import { metersBetween, travelSecondsBetween, travelSecondsOf } from "../../../db/rules/shifts/travel-time";
import { listWorkingWeeks, secondsWithin } from "../../../db/rules/shifts/working-weeks";
import { dam, judge, local, other, planned, rotterdam, rulesAgainst, zuidas } from "./assignment-case";

const hour = 3600;
const zone = "Europe/Amsterdam";
const night = (from: string, until: string) => ({ startAt: local(from), endAt: local(until) });

describe("the nights on which the clocks change", () => {
  test.each<[string, AssignmentRule[], string, string, string, string]>([
    [
      "20:00 to 07:00 is ten hours of rest in March",
      ["rest"],
      "2026-03-28 12:00",
      "2026-03-28 20:00",
      "2026-03-29 07:00",
      "2026-03-29 15:00",
    ],
    ["20:00 to 08:00 is eleven", [], "2026-03-28 12:00", "2026-03-28 20:00", "2026-03-29 08:00", "2026-03-29 15:00"],
    [
      "20:00 to 07:59 is a minute less",
      ["rest"],
      "2026-03-28 12:00",
      "2026-03-28 20:00",
      "2026-03-29 07:59",
      "2026-03-29 15:00",
    ],
    [
      "20:00 to 06:00 is eleven hours of rest in October",
      [],
      "2026-10-24 12:00",
      "2026-10-24 20:00",
      "2026-10-25 06:00",
      "2026-10-25 14:00",
    ],
    [
      "20:00 to 05:59 is a minute less",
      ["rest"],
      "2026-10-24 12:00",
      "2026-10-24 20:00",
      "2026-10-25 05:59",
      "2026-10-25 14:00",
    ],
    [
      "20:00 to 07:00 is eleven hours on any other night",
      [],
      "2026-11-23 12:00",
      "2026-11-23 20:00",
      "2026-11-24 07:00",
      "2026-11-24 15:00",
    ],
  ])("%s", (_what, rules, beforeFrom, beforeUntil, from, until) => {
    const { reasons, restBeforeSeconds } = judge(
      { others: [other(beforeFrom, beforeUntil)] },
      { of: planned(from, until) },
    );
    expect(rulesAgainst(reasons)).toEqual(rules);
    expect(restBeforeSeconds).toBe((+local(from) - +local(beforeUntil)) / 1000);
  });

  test.each<[string, AssignmentRule[], string, string]>([
    ["19:00 to 08:00 lasts twelve hours in March", [], "2026-03-28 19:00", "2026-03-29 08:00"],
    ["a minute more is too long", ["shift-length"], "2026-03-28 19:00", "2026-03-29 08:01"],
    ["19:00 to 07:00 lasts thirteen hours in October", ["shift-length"], "2026-10-24 19:00", "2026-10-25 07:00"],
    ["20:00 to 07:00 lasts twelve", [], "2026-10-24 20:00", "2026-10-25 07:00"],
  ])("%s", (_what, rules, from, until) => {
    expect(rulesAgainst(judge({}, { of: planned(from, until) }).reasons)).toEqual(rules);
  });
});

describe("a working week", () => {
  test.each([
    ["an ordinary one", "2026-11-24 14:00", 48, "2026-11-23 00:00", "2026-11-30 00:00", 168],
    ["that of the spring", "2026-03-29 23:59", 13, "2026-03-23 00:00", "2026-03-30 00:00", 167],
    ["that of the autumn", "2026-10-19 00:00", 43, "2026-10-19 00:00", "2026-10-26 00:00", 169],
    [
      "the first of a year that begins on a Friday",
      "2027-01-03 12:00",
      53,
      "2026-12-28 00:00",
      "2027-01-04 00:00",
      168,
    ],
    ["the first with a Thursday", "2027-01-04 00:00", 1, "2027-01-04 00:00", "2027-01-11 00:00", 168],
  ])("%s begins on Monday at midnight of the location", (_what, from, number, fromAt, untilAt, hours) => {
    const [week, ...others] = listWorkingWeeks({ startAt: local(from), endAt: new Date(+local(from) + 1000) }, zone);
    expect(week).toEqual({ number, fromAt: local(fromAt), untilAt: local(untilAt) });
    expect((+local(untilAt) - +local(fromAt)) / 3_600_000).toBe(hours);
    expect(others).toEqual([]);
  });

  test("it is that of the location, not of Amsterdam or of Greenwich", () => {
    const shift = { startAt: new Date("2026-11-23T02:00:00Z"), endAt: new Date("2026-11-23T05:00:00Z") };
    expect(listWorkingWeeks(shift, "America/Curacao").map(({ number }) => number)).toEqual([47, 48]);
    expect(listWorkingWeeks(shift, zone).map(({ number }) => number)).toEqual([48]);
  });

  test("a night from Sunday to Monday gives each week its hours", () => {
    for (const [from, until, hours] of [
      ["2026-11-22 22:00", "2026-11-23 06:00", [2, 6]],
      ["2026-11-22 16:00", "2026-11-23 00:00", [8]],
      ["2026-11-23 00:00", "2026-11-23 08:00", [8]],
    ] as const) {
      const span = night(from, until);
      expect(listWorkingWeeks(span, zone).map((week) => secondsWithin(week, [span]) / hour)).toEqual(hours);
    }
  });

  /** Five times eleven hours from Monday on, and so many minutes on Saturday. */
  const busy = (monday: string, minutes: number) => {
    const days = [0, 1, 2, 3, 4].map((day) => {
      const date = new Date(Date.parse(`${monday}T00:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10);
      return other(`${date} 07:00`, `${date} 18:00`, { shiftId: 10 + day, point: dam });
    });
    const saturday = new Date(Date.parse(`${monday}T00:00:00Z`) + 5 * 86_400_000).toISOString().slice(0, 10);
    const startAt = local(`${saturday} 07:00`);
    const last = { shiftId: 15, startAt, endAt: new Date(+startAt + minutes * 60_000), isCompleted: false };
    return minutes > 0 ? [...days, { ...last, place: "Zuidas", point: dam }] : days;
  };

  test.each<[string, AssignmentRule[], string, number, string, string]>([
    ["sixty hours", [], "2026-11-16", 0, "2026-11-22 10:00", "2026-11-22 15:00"],
    ["a minute more", ["week"], "2026-11-16", 1, "2026-11-22 10:00", "2026-11-22 15:00"],
    ["what is worked after midnight is the next week's", [], "2026-11-16", 180, "2026-11-22 22:00", "2026-11-23 06:00"],
    ["a minute of it too many", ["week"], "2026-11-16", 181, "2026-11-22 22:00", "2026-11-23 06:00"],
    ["in March 00:00 to 06:00 are five hours", [], "2026-03-23", 0, "2026-03-29 00:00", "2026-03-29 06:00"],
    ["five hours and a minute", ["week"], "2026-03-23", 0, "2026-03-29 00:00", "2026-03-29 06:01"],
    ["in October 00:00 to 04:00 are five hours", [], "2026-10-19", 0, "2026-10-25 00:00", "2026-10-25 04:00"],
    ["five hours and a minute there", ["week"], "2026-10-19", 0, "2026-10-25 00:00", "2026-10-25 04:01"],
    [
      "a week that the shift does not touch is not asked",
      [],
      "2026-11-16",
      300,
      "2026-11-23 08:00",
      "2026-11-23 16:00",
    ],
  ])("%s", (_what, rules, monday, minutes, from, until) => {
    const { reasons } = judge({ others: busy(monday, minutes) }, { of: planned(from, until, { point: dam }) });
    expect(rulesAgainst(reasons).filter((rule) => rule !== "rest")).toEqual(rules);
  });

  test("says the hours with and without the shift, and which are too many", () => {
    const { reasons, weekSecondsAfter } = judge(
      { employment: "employee", others: busy("2026-11-16", 0) },
      { of: planned("2026-11-22 10:00", "2026-11-22 18:30") },
    );
    expect(weekSecondsAfter).toBe(63.5 * hour);
    expect(reasons).toMatchObject([
      {
        severity: "block",
        sentence: "Works 63 h 30 min in week 47 with this shift, 55 h without it; 60 h at most.",
        change: "3 h 30 min less in week 47.",
        measured: 63.5,
      },
    ]);
  });
});

describe("the estimate of a way", () => {
  test("5 min, then 20, 40 and 65 km/h, without a step between them", () => {
    expect([0, 5_000, 30_000, 95_000].map(travelSecondsOf)).toEqual([300, 1200, 3450, 7050]);
    for (const meters of [4_999, 29_999]) {
      expect(Math.abs(travelSecondsOf(meters + 2) - travelSecondsOf(meters))).toBeLessThanOrEqual(1);
    }
  });

  test("between two places it is that of the straight line, and none on the same site", () => {
    expect(metersBetween(dam, zuidas)).toBeCloseTo(4_037, -2);
    expect(metersBetween(dam, rotterdam)).toBeCloseTo(57_470, -3);
    expect(travelSecondsBetween(dam, dam)).toBe(0);
    expect(travelSecondsBetween(dam, rotterdam)).toBe(travelSecondsOf(metersBetween(dam, rotterdam)));
  });
});
