import { expect, test } from "vitest";

import { countStates, judgeBoard } from "../../../app/live/board";
import { labelState } from "../../../app/live/describe-state";
import { boardShift, minutesFromNow, now, sighting } from "./board-shift";

const away = boardShift(1, {
  arrivedAt: minutesFromNow(-60),
  presence: { last: sighting(-1, "outside"), leftAt: minutesFromNow(-9) },
});
const awayLonger = boardShift(2, {
  arrivedAt: minutesFromNow(-60),
  presence: { last: sighting(-1, "outside"), leftAt: minutesFromNow(-19) },
});
const onPost = boardShift(3, {
  arrivedAt: minutesFromNow(-60),
  presence: { last: sighting(-1, "inside"), leftAt: null },
});
const incident = boardShift(4, { openIncidentAt: minutesFromNow(-2), incident: "Break-in" });
const unfilledSoon = boardShift(5, { isAssigned: false, guardName: null, startAt: minutesFromNow(20) });
const unfilledLater = boardShift(6, { isAssigned: false, guardName: null, startAt: minutesFromNow(50) });
const upcoming = boardShift(7, { startAt: minutesFromNow(90) });
const shifts = [upcoming, onPost, unfilledLater, away, incident, unfilledSoon, awayLonger];

test("the board begins with what is lost, worst and longest first, and goes on with what is lost soonest", () => {
  // A guard on post falls silent in 14 minutes, before the start of the next open post in 20.
  expect(judgeBoard(shifts, now).map(({ shift }) => shift.id)).toEqual([4, 2, 1, 3, 5, 6, 7]);
});

test("what has not changed is not judged again, and what has is", () => {
  const [before] = judgeBoard([onPost], now);
  expect(judgeBoard([onPost], minutesFromNow(5))[0]).toBe(before);
  expect(judgeBoard([onPost], minutesFromNow(15))[0]?.state).toBe("stale");
  expect(judgeBoard([onPost], minutesFromNow(5))[0]?.state).toBe("on-post");
  expect(judgeBoard([{ ...onPost }], now)[0]).not.toBe(before);
});

test("the counts are those of the states", () => {
  expect(Object.fromEntries(countStates(judgeBoard(shifts, now)))).toEqual({
    incident: 1,
    outside: 2,
    "at-risk": 2,
    "on-post": 1,
    upcoming: 1,
  });
});

test("the board ages by itself: silence turns a good post stale without a word from the server", () => {
  expect(judgeBoard([onPost], now)[0]?.state).toBe("on-post");
  expect(judgeBoard([onPost], minutesFromNow(30))[0]?.state).toBe("stale");
});

test.each([
  [away, "Outside 9 min"],
  [onPost, "On post"],
  [incident, "Incident 2 min"],
  [unfilledSoon, "At risk, starts in 20 min"],
  [upcoming, "Starts in 1 h"],
])("a row says its state in words", (shift, label) => {
  const [judged] = judgeBoard([shift], now);
  expect(judged && labelState(judged, now)).toBe(label);
});
