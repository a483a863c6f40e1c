import { expect, test } from "vitest";

import { type Checkin, judgePresence } from "../../../db/rules/live/presence";

const radiusMeters = 50;
const offCentreMeters = 35;
const sigmaMeters = 15;
const pingSeconds = 60;
const pingsPerWatch = (8 * 3600) / pingSeconds;

type Rule = (heard: readonly Checkin[]) => boolean;

const leftThePost: Rule = (heard) => judgePresence(heard.slice(-12), radiusMeters).leftAt !== null;
const overTheRadius: Rule = (heard) => (heard.at(-1)?.distanceMeters ?? 0) > radiusMeters;

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * Pings of a guard who stands `metersEast(second)` of the centre. Errors of a receiver drift: each keeps
 * `drift` of the one before.
 */
function listPings(
  random: () => number,
  { count, drift, metersEast }: { count: number; drift: number; metersEast: (second: number) => number },
): Checkin[] {
  let [east, north] = [sigmaMeters * normal(random), sigmaMeters * normal(random)];
  const fresh = sigmaMeters * Math.sqrt(1 - drift ** 2);
  return Array.from({ length: count }, (_, index) => {
    east = drift * east + fresh * normal(random);
    north = drift * north + fresh * normal(random);
    const createdAt = new Date(index * pingSeconds * 1000);
    const distanceMeters = Math.hypot(metersEast(index * pingSeconds) + east, north);
    return { kind: "ping", recordedAt: createdAt, createdAt, distanceMeters, accuracyMeters: sigmaMeters };
  });
}

function countFalseExitsPerWatch(rule: Rule, drift: number): number {
  const random = seeded(35);
  const watches = 200;
  let exits = 0;
  for (let watch = 0; watch < watches; watch += 1) {
    const pings = listPings(random, { count: pingsPerWatch, drift, metersEast: () => offCentreMeters });
    let isAway = false;
    for (let heard = 1; heard <= pings.length; heard += 1) {
      const isAwayNow = rule(pings.slice(Math.max(0, heard - 12), heard));
      if (isAwayNow && !isAway) exits += 1;
      isAway = isAwayNow;
    }
  }
  return exits / watches;
}

test.each([0, 0.5, 0.8])("a guard who stands still is not said to leave, with errors that drift by %s", (drift) => {
  expect(countFalseExitsPerWatch(leftThePost, drift)).toBeLessThanOrEqual(0.5);
});

test("the naive rule, distance over radius, says so dozens of times a watch", () => {
  expect(countFalseExitsPerWatch(overTheRadius, 0)).toBeGreaterThan(20);
});

test("a guard who walks away is found within 4 minutes of stepping over the fence", () => {
  const random = seeded(4);
  const walkingMetersPerSecond = 1.3;
  const stepsOutAtSecond = (radiusMeters - offCentreMeters) / walkingMetersPerSecond;
  for (let trial = 0; trial < 500; trial += 1) {
    const phaseSeconds = random() * pingSeconds;
    const pings = listPings(random, {
      count: 12,
      drift: 0.5,
      metersEast: (second) => offCentreMeters + Math.max(0, second - phaseSeconds) * walkingMetersPerSecond,
    });
    const found = pings.findIndex((_, index) => leftThePost(pings.slice(0, index + 1)));
    expect(found).toBeGreaterThan(0);
    expect(found * pingSeconds - phaseSeconds - stepsOutAtSecond).toBeLessThanOrEqual(4 * 60);
  }
});
