import { expect, test } from "vitest";

import { breachMoment } from "../../../db/rules/sla/breach-moment";
import { definitions } from "../../../db/rules/sla/definitions";

const startAt = Date.parse("2026-10-25T02:30:00+01:00") / 1000;
const covered = {
  isLive: false,
  plannedSeconds: 3_600,
  confirmedSeconds: 1_800,
  assumedSeconds: 0,
  unobservedSeconds: 0,
};
const shift = { startAt, noticeSeconds: 7_200, outside: 1, ...covered };

test("a breach is looked at when the board first showed it", () => {
  const after = (metric: Parameters<typeof breachMoment>[0]) => (breachMoment(metric, shift).at as number) - startAt;
  expect(after("on-time")).toBe(301);
  expect(after("late")).toBe(301);
  expect(after("no-show")).toBe(1_801);
  expect(after("fill-rate")).toBe(0);
  expect(after("cancelled")).toBe(-7_200);
  expect(breachMoment("cancelled", { ...shift, noticeSeconds: null })).toEqual({ at: startAt, words: "at the start" });
});

test("what happens at a moment of its own is looked up when it is asked for", () => {
  const found = definitions.filter(({ id }) => breachMoment(id, shift).at === null).map(({ id }) => id);
  expect(found).toEqual(["coverage", "in-geofence", "acknowledge", "on-scene", "refill", "arrive"]);
});

test("where nothing of it happened, or it is not told yet, the board opens at the start and says so", () => {
  expect(breachMoment("in-geofence", { ...shift, outside: 0 })).toEqual({
    at: startAt,
    words: "at the start; none was outside",
  });
  expect(breachMoment("coverage", { ...shift, assumedSeconds: 1_800 })).toEqual({
    at: startAt,
    words: "at the start; no gap, but presence is assumed",
  });
  expect(breachMoment("coverage", { ...shift, isLive: true })).toEqual({
    at: startAt,
    words: "at the start; gaps are told once it is frozen",
  });
});

test("every metric has a moment", () => {
  for (const { id } of definitions) expect(breachMoment(id, shift).words).not.toBe("");
});
