import fc from "fast-check";
import { expect, test } from "vitest";

import { type Checkin, judgePresence } from "../../../db/rules/live/presence";

const radiusMeters = 50;
const start = Date.UTC(2026, 10, 22, 8);

/** One check-in a minute at the given distances, each trusted to 5 m. Null is a position too vague to judge. */
function everyMinute(...distances: (number | null)[]): Checkin[] {
  return distances.map((distanceMeters, minute) => at(minute, distanceMeters));
}

function at(minute: number, distanceMeters: number | null): Checkin {
  const createdAt = new Date(start + minute * 60_000);
  return {
    kind: "ping",
    recordedAt: createdAt,
    createdAt,
    distanceMeters: distanceMeters ?? radiusMeters,
    accuracyMeters: distanceMeters === null ? 100 : 5,
  };
}

const minute = (count: number) => new Date(start + count * 60_000);

test.each([
  ["never outside", everyMinute(10, 20, 30), null],
  ["over the edge, but within the tolerance of 20 m", everyMinute(72, 72, 72, 72), null],
  ["outside once", everyMinute(10, 200, 10), null],
  ["outside twice", everyMinute(10, 200, 200), null],
  ["outside three times", everyMinute(10, 200, 200, 200), minute(1)],
  ["outside twice within 3 minutes", [at(0, 10), at(5, 200), at(7.9, 200)], null],
  ["outside twice, 3 minutes apart", [at(0, 10), at(5, 200), at(8, 200)], minute(5)],
  ["outside with a vague position between", everyMinute(10, 200, null, 200, 200), minute(1)],
  ["away, then only vague", everyMinute(10, 200, 200, 200, null, null), minute(1)],
  ["back inside", everyMinute(10, 200, 200, 200, 10), null],
  ["two outings, back between", everyMinute(200, 200, 10, 200, 200), null],
  ["away again", everyMinute(200, 200, 200, 10, 200, 200, 200), minute(4)],
] as const)("%s", (_, checkins, leftAt) => {
  expect(judgePresence(checkins, radiusMeters).leftAt).toEqual(leftAt);
});

test("without a check-in there is no last position and nobody left", () => {
  expect(judgePresence([], radiusMeters)).toEqual({ last: null, leftAt: null });
});

test("a phone whose clock runs ahead makes no position younger than its arrival", () => {
  const ahead = { ...at(0, 10), recordedAt: minute(60) };
  expect(judgePresence([ahead], radiusMeters).last?.at).toEqual(minute(0));
});

test("a position that was buffered counts for when it was taken", () => {
  const buffered = { ...at(20, 200), recordedAt: minute(1) };
  const { last } = judgePresence([at(10, 10), buffered], radiusMeters);
  expect(last).toMatchObject({ at: minute(10), verdict: "inside" });
});

test("the order in which check-ins are read does not matter", () => {
  const distances = fc.array(fc.option(fc.integer({ min: 0, max: 300 }), { nil: null }), { maxLength: 12 });
  fc.assert(
    fc.property(distances, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), (steps, keys) => {
      const checkins = everyMinute(...steps);
      const shuffled = checkins
        .map((checkin, index) => ({ checkin, key: keys[index] as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ checkin }) => checkin);
      expect(judgePresence(shuffled, radiusMeters)).toEqual(judgePresence(checkins, radiusMeters));
    }),
  );
});

test("nobody has left whose last provable position is inside", () => {
  const distances = fc.array(fc.option(fc.integer({ min: 0, max: 300 }), { nil: null }), { maxLength: 12 });
  fc.assert(
    fc.property(distances, (steps) => {
      expect(judgePresence(everyMinute(...steps, 10), radiusMeters).leftAt).toBeNull();
    }),
  );
});
