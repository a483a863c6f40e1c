import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { judgeLiveState, type WatchedShift } from "../../../db/rules/live/live-state";
import { nextChangeAt } from "../../../db/rules/live/next-change";
import type { Sighting } from "../../../db/rules/live/presence";
import { type ShiftState, shiftStates } from "../../../db/rules/live/shift-states";
import { type Breach, compareBreaches, judgeBreach } from "../../../db/rules/live/time-to-breach";

const startAt = new Date("2026-11-22T08:00:00Z");
const minute = (count: number) => new Date(+startAt + count * 60_000);

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
const open: WatchedShift = { ...expected, status: "published", isAssigned: false, assignedAt: null };

function present(lastMinute: number, values: Partial<Sighting> = {}): WatchedShift {
  const last: Sighting = {
    kind: "ping",
    at: minute(lastMinute),
    verdict: "inside",
    distanceMeters: 10,
    accuracyMeters: 5,
    ...values,
  };
  return { ...expected, status: "active", arrivedAt: minute(-5), presence: { last, leftAt: null } };
}

const breachAt = (shift: WatchedShift, minutes: number): Breach => {
  const asOf = minute(minutes);
  return judgeBreach(shift, judgeLiveState(shift, asOf));
};
const ahead = (minutes: number, state: ShiftState): Breach => ({ kind: "ahead", at: minute(minutes), state });
const leftBy = (minutes: number): WatchedShift => ({ ...open, noReturnAt: minute(minutes) });
const noReturn = (minutes: number): Breach => ({
  kind: "ahead",
  at: minute(minutes),
  state: "unfilled",
  isNoReturn: true,
});
const since = (minutes: number): Breach => ({ kind: "breached", sinceAt: minute(minutes) });

describe("the breach of a shift", () => {
  test.each<[string, WatchedShift, number, Breach]>([
    ["a guard who is due is late 5 minutes after the start", expected, -40, ahead(5, "late")],
    ["within the grace too", expected, 4, ahead(5, "late")],
    ["late since the grace ended", expected, 12, since(5)],
    ["a no-show since 30 minutes after the start", expected, 50, since(30)],
    ["an open post is unfilled at its start", open, -300, ahead(0, "unfilled")],
    ["at risk it still is", open, -10, ahead(0, "unfilled")],
    ["it is lost when the best candidate must have left", leftBy(-25), -60, noReturn(-25)],
    ["and stays so when that is past, also long before the start", leftBy(-90), -70, noReturn(-90)],
    ["unfilled since the start, whoever could have come", leftBy(-25), 3, since(0)],
    ["unfilled since the start", open, 3, since(0)],
    ["on post falls silent 15 minutes after the last word", present(60), 61, ahead(75, "stale")],
    ["an uncertain position falls silent alike", present(60, { verdict: "uncertain" }), 61, ahead(75, "stale")],
    ["stale since the silence was too long", present(60), 90, since(75)],
    ["who is there early falls silent at the start at the earliest", present(-30), -20, ahead(0, "stale")],
    ["silence past the end is no breach", present(470), 471, { kind: "none" }],
    ["signing off early is leaving the post", present(100, { kind: "out" }), 110, since(100)],
    ["signing off near the end is the end", present(470, { kind: "out" }), 471, { kind: "none" }],
    ["a shift that is over loses nothing", present(470), 500, { kind: "none" }],
    ["an incident since it was reported", { ...present(60), openIncidentAt: minute(58) }, 61, since(58)],
  ])("%s", (_, shift, minutes, breach) => {
    expect(breachAt(shift, minutes)).toEqual(breach);
  });
});

const anyShift = fc
  .record({
    isAssigned: fc.boolean(),
    noReturnMinute: fc.option(fc.integer({ min: -150, max: -5 }), { nil: null }),
    assignedMinute: fc.option(fc.integer({ min: -100, max: 100 }), { nil: null }),
    arrivedMinute: fc.option(fc.integer({ min: -60, max: 480 }), { nil: null }),
    last: fc.option(
      fc.record({
        at: fc.integer({ min: -60, max: 500 }),
        kind: fc.constantFrom("in" as const, "ping" as const, "out" as const),
        verdict: fc.constantFrom("inside" as const, "outside" as const, "uncertain" as const),
      }),
      { nil: null },
    ),
    leftMinute: fc.option(fc.integer({ min: -60, max: 480 }), { nil: null }),
    lengthMinutes: fc.integer({ min: 10, max: 480 }),
    status: fc.constantFrom("published" as const, "assigned" as const, "active" as const, "completed" as const),
  })
  .map(
    ({
      isAssigned,
      noReturnMinute,
      assignedMinute,
      arrivedMinute,
      last,
      leftMinute,
      lengthMinutes,
      status,
    }): WatchedShift => ({
      status,
      startAt,
      endAt: minute(lengthMinutes),
      isAssigned,
      assignedAt: assignedMinute === null ? null : minute(assignedMinute),
      arrivedAt: arrivedMinute === null ? null : minute(arrivedMinute),
      presence: {
        last: last && { ...last, at: minute(last.at), distanceMeters: 10, accuracyMeters: 5 },
        leftAt: leftMinute === null ? null : minute(leftMinute),
      },
      openIncidentAt: null,
      ...(noReturnMinute !== null && { noReturnAt: minute(noReturnMinute) }),
    }),
  );
const anyMinute = fc.integer({ min: -180 * 60, max: 600 * 60 }).map((seconds) => minute(seconds / 60));

test("a breach that was told comes as told where nothing happens until then", () => {
  fc.assert(
    fc.property(anyShift, anyMinute, (shift, asOf) => {
      const breach = judgeBreach(shift, judgeLiveState(shift, asOf));
      if (breach.kind !== "ahead") return;
      const { state } = judgeLiveState(shift, new Date(+breach.at + 1));
      expect(state).toBe(breach.isNoReturn ? "at-risk" : breach.state);
    }),
    { numRuns: 2000 },
  );
});

test("a state that was judged holds until its next change", () => {
  fc.assert(
    fc.property(anyShift, anyMinute, fc.double({ min: 0, max: 1, noNaN: true }), (shift, asOf, share) => {
      const until = nextChangeAt(shift, asOf) ?? minute(10_000);
      const between = new Date(+asOf + Math.floor((+until - +asOf - 1) * share));
      expect(judgeLiveState(shift, between)).toEqual(judgeLiveState(shift, asOf));
    }),
    { numRuns: 5000 },
  );
});

test("incidents and no-shows stay on top, then the longest loss, then the soonest, then what loses nothing", () => {
  const entry = (id: number, state: ShiftState, breach: Breach) => ({ shift: { id }, state, breach });
  const entries = [
    entry(1, "completed", { kind: "none" }),
    entry(2, "upcoming", ahead(30, "late")),
    entry(3, "at-risk", ahead(20, "unfilled")),
    entry(4, "on-post", ahead(10, "stale")),
    entry(5, "late", since(-10)),
    entry(6, "late", since(-20)),
    entry(7, "stale", since(-90)),
    entry(8, "no-show", since(-1)),
    entry(9, "incident", since(0)),
    entry(10, "on-post", { kind: "none" }),
    entry(11, "late", since(-20)),
  ];
  expect(entries.sort(compareBreaches).map(({ shift }) => shift.id)).toEqual([9, 8, 6, 11, 5, 7, 4, 3, 2, 10, 1]);
});

test("the order is one order: nothing is before what is before it", () => {
  const anyEntry = fc.record({
    shift: fc.record({ id: fc.integer({ min: 1, max: 5 }) }),
    state: fc.constantFrom(...shiftStates),
    breach: fc.oneof(
      fc.integer({ min: 0, max: 3 }).map(since),
      fc.integer({ min: 0, max: 3 }).map((minutes) => ahead(minutes, "late")),
      fc.constant<Breach>({ kind: "none" }),
    ),
  });
  fc.assert(
    fc.property(anyEntry, anyEntry, anyEntry, (a, b, c) => {
      expect(Math.sign(compareBreaches(a, b)) + Math.sign(compareBreaches(b, a))).toBe(0);
      if (compareBreaches(a, b) <= 0 && compareBreaches(b, c) <= 0)
        expect(compareBreaches(a, c)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 2000 },
  );
});
