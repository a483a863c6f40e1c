import fc from "fast-check";
import { expect, test } from "vitest";

import { tellCheckIns } from "../../../db/local/story/check-ins";
import { lengthMeters, movePoint, stepBetween } from "../../../db/local/story/geodesy";
import { Drift, drawReceiver, takeFix } from "../../../db/local/story/gps-noise";
import { findEpisode, tellGuardStory } from "../../../db/local/story/guard-story";
import { amsterdamDay, amsterdamInstant, hour, minute } from "../../../db/local/story/instant";
import { paceOf, type Speed } from "../../../db/local/story/pace";
import { Random } from "../../../db/local/story/random";
import { tellShiftStory } from "../../../db/local/story/shift-story";

const startAt = Date.parse("2026-11-23T06:00:00Z");
const site = { locationId: 1, point: { longitude: 5.06, latitude: 51.58 }, radiusMeters: 200 };
const everything = { fullFrom: 0, everyMs: 0 };

function storyOf(shiftId: number, speed: Speed = 1) {
  const assignment = {
    shiftId,
    professionalId: 9,
    startAt,
    endAt: startAt + 8 * hour,
    assignedAt: startAt - 72 * hour,
  };
  return tellGuardStory(7, assignment, paceOf(speed));
}

function checkInsOf(shiftId: number, speed: Speed = 1) {
  const home = { longitude: 5.1, latitude: 51.6 };
  return [...tellCheckIns(storyOf(shiftId, speed), site, home, everything)];
}

const stories = Array.from({ length: 4000 }, (_, shiftId) => storyOf(shiftId));
const arrivals = stories.map(({ arrivesAt }) => (arrivesAt === undefined ? undefined : (arrivesAt - startAt) / minute));

test("a stream of numbers is decided by its keys alone, and other keys give another stream", () => {
  const draw = (...keys: (string | number)[]) => Array.from({ length: 5 }, () => new Random(...keys).next());
  expect(draw(7, "guard", 1)).toEqual(draw(7, "guard", 1));
  expect(draw(8, "guard", 1)).not.toEqual(draw(7, "guard", 1));
  expect(draw(7, "guard", 2)).not.toEqual(draw(7, "guard", 1));
});

test("most guards are punctual, some come late, a few never", () => {
  const share = (holds: (minutesLate: number | undefined) => boolean) =>
    arrivals.filter(holds).length / arrivals.length;
  expect(share((late) => late === undefined)).toBeCloseTo(0.025, 1);
  expect(share((late) => late !== undefined && late <= 5)).toBeGreaterThan(0.85);
  expect(share((late) => late !== undefined && late > 5)).toBeGreaterThan(0.05);
  expect(share((late) => late !== undefined && late > 30)).toBeGreaterThan(0.005);
});

test("guards leave their post, and fall silent longer than three cadences", () => {
  const kinds = { outside: 0, silent: 0 };
  for (const story of stories.slice(0, 300)) {
    for (let at = startAt; at < startAt + 8 * hour; at += 5 * minute) {
      const episode = findEpisode(story, at);
      if (!episode) continue;
      kinds[episode.kind]++;
      if (episode.kind === "silent") expect(episode.untilAt - episode.fromAt).toBeGreaterThan(15 * minute);
    }
  }
  const checks = 300 * 96;
  for (const count of Object.values(kinds)) {
    expect(count / checks).toBeGreaterThan(0.005);
    expect(count / checks).toBeLessThan(0.05);
  }
});

test("the noise of a standing guard has the stated sigma, and its neighbours in time resemble each other", () => {
  const normalized: number[] = [];
  const products: number[] = [];
  for (let device = 0; device < 400; device++) {
    const random = new Random("device", device);
    const receiver = drawReceiver(random, 1);
    const drift = new Drift(receiver.sigmaMeters);
    const errors = Array.from({ length: 60 }, (_, count) => drift.moveTo(count * 5 * minute, random).eastMeters);
    normalized.push(...errors.map((error) => error / receiver.sigmaMeters));
    products.push(
      ...errors.slice(1).map((error, index) => (error * (errors[index] as number)) / receiver.sigmaMeters ** 2),
    );
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(Math.sqrt(mean(normalized.map((value) => value ** 2)))).toBeCloseTo(1, 1);
  expect(mean(normalized)).toBeCloseTo(0, 1);
  expect(mean(products)).toBeCloseTo(Math.exp(-0.5), 1);
});

test("a reflection throws a fix far off now and then, and no accuracy is worse than 100 m", () => {
  const random = new Random("fixes");
  const receiver = drawReceiver(random, 1);
  const drift = new Drift(receiver.sigmaMeters);
  const fixes = Array.from({ length: 5000 }, (_, count) => takeFix(receiver, drift, count * 5 * minute, random));
  const thrown = fixes.filter(({ error }) => lengthMeters(error) > 6 * receiver.sigmaMeters);
  expect(thrown.length / fixes.length).toBeGreaterThan(0.005);
  expect(thrown.length / fixes.length).toBeLessThan(0.02);
  const accuracies = fixes.map(({ accuracyMeters }) => accuracyMeters).filter((meters) => meters !== null);
  expect(Math.max(...accuracies)).toBeLessThanOrEqual(100);
  expect(Math.min(...accuracies)).toBeGreaterThan(0);
  expect(accuracies.length).toBeLessThan(fixes.length);
});

test("check-ins reach the server in order, never before the phone took them, and tell one arrival", () => {
  for (const speed of [1, 60] as const) {
    for (let shiftId = 0; shiftId < 40; shiftId++) {
      const told = checkInsOf(shiftId, speed);
      expect(told.filter(({ kind }) => kind === "in")).toHaveLength(storyOf(shiftId).arrivesAt === undefined ? 0 : 1);
      expect(told.filter(({ kind }) => kind === "out").length).toBeLessThanOrEqual(1);
      for (const [index, { createdAt, recordedAt }] of told.entries()) {
        expect(createdAt).toBeGreaterThanOrEqual(recordedAt);
        if (index > 0) expect(createdAt).toBeGreaterThan(told[index - 1]?.createdAt ?? 0);
      }
    }
  }
});

test("a guard on the way comes nearer, and some fixes arrive long after they were taken", () => {
  const travelling = checkInsOf(3).filter(({ recordedAt }) => recordedAt < (storyOf(3).arrivesAt ?? 0));
  const distances = travelling.map(({ point }) => lengthMeters(stepBetween(site.point, point)));
  expect(distances.length).toBeGreaterThan(3);
  expect(distances.at(-1)).toBeLessThan((distances[0] ?? 0) / 2);

  const late = Array.from({ length: 60 }, (_, shiftId) => checkInsOf(shiftId))
    .flat()
    .filter(({ createdAt, recordedAt }) => createdAt - recordedAt > 10 * minute);
  expect(late.length).toBeGreaterThan(10);
});

test("a thinned history tells the same arrival and the same end", () => {
  const thinned = [...tellCheckIns(storyOf(5), site, undefined, { fullFrom: startAt + 99 * hour, everyMs: 2 * hour })];
  const ends = (told: typeof thinned) =>
    told
      .filter(({ kind }) => kind !== "ping")
      .map(({ kind, recordedAt, createdAt }) => ({ kind, recordedAt, createdAt }));
  expect(ends(thinned)).toEqual(ends(checkInsOf(5)));
  expect(thinned.length).toBeLessThan(8);
});

test("a shift is published before it is filled, filled before it starts, and some never are", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), (shiftId) => {
      const { publishedAt, fillsAt, withdrawal } = tellShiftStory(7, { shiftId, startAt, endAt: startAt + 8 * hour });
      expect(publishedAt).toBeLessThan(startAt);
      if (fillsAt !== undefined) expect(fillsAt).toBeGreaterThanOrEqual(publishedAt);
      if (fillsAt !== undefined) expect(fillsAt).toBeLessThan(startAt);
      if (withdrawal) expect(withdrawal.at).toBeLessThan(startAt);
    }),
  );
  const unfilled = Array.from({ length: 3000 }, (_, shiftId) =>
    tellShiftStory(7, { shiftId, startAt, endAt: startAt + 8 * hour }),
  ).filter(({ fillsAt }) => fillsAt === undefined).length;
  expect(unfilled / 3000).toBeGreaterThan(0.01);
  expect(unfilled / 3000).toBeLessThan(0.05);
});

test("wall clocks of Amsterdam are right on the days when summer time begins and ends", () => {
  const at = (date: string, minutes: number) => new Date(amsterdamInstant(Date.parse(date), minutes)).toISOString();
  expect(at("2026-10-24", 22 * 60)).toBe("2026-10-24T20:00:00.000Z");
  expect(at("2026-10-25", 6 * 60)).toBe("2026-10-25T05:00:00.000Z");
  expect(at("2026-03-28", 22 * 60)).toBe("2026-03-28T21:00:00.000Z");
  expect(at("2026-03-29", 6 * 60)).toBe("2026-03-29T04:00:00.000Z");
  expect(amsterdamDay(Date.parse("2026-11-22T23:30:00Z"))).toBe(Date.parse("2026-11-23"));
});

test("a step on the ground and back ends where it began", () => {
  fc.assert(
    fc.property(fc.double({ min: -2000, max: 2000, noNaN: true }), (meters) => {
      const back = stepBetween(site.point, movePoint(site.point, { eastMeters: meters, northMeters: -meters }));
      expect(back.eastMeters).toBeCloseTo(meters, 0);
      expect(back.northMeters).toBeCloseTo(-meters, 0);
    }),
  );
});
