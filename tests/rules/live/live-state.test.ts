import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  defaultThresholds,
  judgeLiveState,
  staleAfterSeconds,
  type WatchedShift,
} from "../../../db/rules/live/live-state";
import type { Sighting } from "../../../db/rules/live/presence";
import { rankOf } from "../../../db/rules/live/shift-states";
import type { Verdict } from "../../../db/rules/live/verdict";

const startAt = new Date("2026-11-22T08:00:00Z");
const minute = (count: number) => new Date(+startAt + count * 60_000);
const staleMinutes = staleAfterSeconds(defaultThresholds.cadenceSeconds) / 60;

/** An assigned shift of eight hours that nobody has come to. */
const expected: WatchedShift = {
  status: "assigned",
  startAt,
  endAt: minute(480),
  isAssigned: true,
  assignedAt: minute(-3000),
  arrivedAt: null,
  presence: { last: null, leftAt: null },
  openIncidentAt: null,
};
const unassigned: WatchedShift = { ...expected, status: "published", isAssigned: false, assignedAt: null };

function seen(atMinute: number, verdict: Verdict, kind: Sighting["kind"] = "ping"): Sighting {
  return { kind, at: minute(atMinute), verdict, distanceMeters: 10, accuracyMeters: 5 };
}

function present(last: Sighting | null, leftAt: Date | null = null): WatchedShift {
  return { ...expected, status: "active", arrivedAt: minute(-5), presence: { last, leftAt } };
}

const stateAt = (shift: WatchedShift, minutes: number) => judgeLiveState(shift, minute(minutes)).state;

describe("each state at its edge", () => {
  test.each<[string, WatchedShift, number, string]>([
    ["an hour and a bit before an unassigned start", unassigned, -60.1, "upcoming"],
    ["an hour before an unassigned start", unassigned, -60, "at-risk"],
    ["nobody could get there in time any more", { ...unassigned, noReturnAt: minute(-90) }, -90, "at-risk"],
    ["somebody still could", { ...unassigned, noReturnAt: minute(-90) }, -90.1, "upcoming"],
    ["somebody is assigned who was never in reach", { ...expected, noReturnAt: minute(-90) }, -80, "upcoming"],
    ["an outage hides who is late", { ...expected, unobservedAt: minute(2) }, 6, "unobserved"],
    ["and who does not come", { ...expected, unobservedAt: minute(2) }, 31, "unobserved"],
    ["but not what nobody had", { ...unassigned, unobservedAt: minute(2) }, 6, "unfilled"],
    ["at the start nobody is assigned", unassigned, 0, "unfilled"],
    ["after the end nobody was assigned", unassigned, 490, "unfilled"],
    ["before the start somebody is assigned", expected, -1, "upcoming"],
    ["5 minutes of grace", expected, 5, "upcoming"],
    ["past 5 minutes", expected, 5.1, "late"],
    ["30 minutes", expected, 30, "late"],
    ["past 30 minutes", expected, 30.1, "no-show"],
    ["after the end nobody came", expected, 490, "no-show"],
    [
      "on the way, not yet there",
      { ...expected, presence: { last: seen(9, "outside"), leftAt: minute(1) } },
      10,
      "late",
    ],
    ["somebody takes over late", { ...expected, assignedAt: minute(40) }, 60, "late"],
    ["who took over did not come", { ...expected, assignedAt: minute(40) }, 70.1, "no-show"],
    ["inside", present(seen(59, "inside")), 60, "on-post"],
    ["inside before the start", present(seen(-5, "inside")), -4, "on-post"],
    ["silent before the start", present(seen(-25, "inside")), -1, "upcoming"],
    ["inside, but long ago", present(seen(60, "inside")), 60 + staleMinutes, "on-post"],
    ["inside, but too long ago", present(seen(60, "inside")), 60.1 + staleMinutes, "stale"],
    ["came, and no position is known", present(null), 60, "stale"],
    ["too vague", present(seen(59, "uncertain")), 60, "uncertain"],
    ["outside once, not yet left", present(seen(59, "outside")), 60, "uncertain"],
    ["left the post", present(seen(59, "outside"), minute(55)), 60, "outside"],
    ["left the post, and silent since", present(seen(59, "outside"), minute(55)), 200, "outside"],
    ["signed off hours before the end", present(seen(200, "inside", "out")), 201, "outside"],
    ["signed off at the end", present(seen(470, "inside", "out")), 471, "completed"],
    ["the end has passed", present(seen(100, "inside")), 480, "completed"],
    ["the product completed it", { ...expected, status: "completed" }, 490, "completed"],
    ["an incident outweighs all", { ...unassigned, openIncidentAt: minute(2) }, 490, "incident"],
    ["an incident on a good post", { ...present(seen(59, "inside")), openIncidentAt: minute(58) }, 60, "incident"],
  ])("%s", (_, shift, minutes, state) => {
    expect(stateAt(shift, minutes)).toBe(state);
  });
});

test("a state says since when it holds", () => {
  expect(judgeLiveState(expected, minute(20)).sinceAt).toEqual(minute(5));
  expect(judgeLiveState(expected, minute(40)).sinceAt).toEqual(minute(30));
  expect(judgeLiveState(present(seen(59, "outside"), minute(55)), minute(60)).sinceAt).toEqual(minute(55));
  expect(judgeLiveState(present(seen(60, "inside")), minute(300)).sinceAt).toEqual(minute(60 + staleMinutes));
  expect(judgeLiveState(expected, minute(0)).sinceAt).toBeNull();
});

test("silence is judged by the cadence, and never in less than 5 minutes", () => {
  expect(staleAfterSeconds(60)).toBe(300);
  expect(staleAfterSeconds(300)).toBe(900);
});

const minutes = fc.integer({ min: -200, max: 700 });
const sighting = fc.option(
  fc.record({
    kind: fc.constantFrom("in", "ping", "out"),
    at: minutes.map(minute),
    verdict: fc.constantFrom("inside", "outside", "uncertain"),
    distanceMeters: fc.nat(500),
    accuracyMeters: fc.constant(5),
  }),
  { nil: null },
);
const moment = fc.option(minutes.map(minute), { nil: null });
const shifts: fc.Arbitrary<WatchedShift> = fc
  .record({
    status: fc.constantFrom("published", "assigned", "active", "completed"),
    isAssigned: fc.boolean(),
    assignedAt: moment,
    arrivedAt: moment,
    presence: fc.record({ last: sighting, leftAt: moment }),
    openIncidentAt: fc.option(minutes.map(minute), { nil: null, freq: 8 }),
  })
  .map((shift) => ({ ...shift, startAt, endAt: minute(480) }));

test("only a fresh position that is provably inside is on post", () => {
  fc.assert(
    fc.property(shifts, minutes, (shift, atMinute) => {
      if (stateAt(shift, atMinute) !== "on-post") return;
      const { last } = shift.presence;
      expect(last?.verdict).toBe("inside");
      expect(shift.arrivedAt).not.toBeNull();
      expect(+minute(atMinute) - +(last as Sighting).at).toBeLessThanOrEqual(staleMinutes * 60_000);
    }),
    { numRuns: 2000 },
  );
});

test("without news a running shift never looks better as time passes", () => {
  fc.assert(
    fc.property(shifts, fc.integer({ min: 0, max: 479 }), fc.integer({ min: 0, max: 479 }), (shift, one, other) => {
      const [earlier, later] = [Math.min(one, other), Math.max(one, other)];
      expect(rankOf(stateAt(shift, later))).toBeLessThanOrEqual(rankOf(stateAt(shift, earlier)));
    }),
    { numRuns: 2000 },
  );
});

test("an open incident is the worst, whatever else holds", () => {
  fc.assert(
    fc.property(shifts, minutes, (shift, atMinute) => {
      expect(stateAt({ ...shift, openIncidentAt: minute(0) }, atMinute)).toBe("incident");
    }),
  );
});
