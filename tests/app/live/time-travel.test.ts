import { expect, test } from "vitest";

import { clampMoment, parseMoment, readMoment, writeMoment } from "../../../app/live/time-travel/moment";
import { frameFor, frameSeconds, readSpeed, speeds, wantedFrames } from "../../../app/live/time-travel/playback";
import { dayAround, dayTicks } from "../../../app/live/time-travel/ticks";
import { localInstant, localTime } from "../../../db/rules/shifts/start-of-day";

const now = new Date("2026-11-22T13:00:00Z");
const zone = "Europe/Amsterdam";
const minute = 60_000;

test("an address names a moment in UTC, to the second, and reads back the same", () => {
  const at = new Date("2026-11-21T13:05:07Z");
  expect(writeMoment(at)).toBe("2026-11-21T13:05:07Z");
  expect(parseMoment(writeMoment(at))).toEqual(at);
});

test.each(["yesterday", "2026-11-21", "2026-11-21T13:05:00", "2026-11-21T13:05:00+01:00", "2026-13-40T00:00:00Z", "1"])(
  "%s is no moment, and says how one is written",
  (text) => {
    expect(readMoment(text, now)).toMatchObject({ refusal: { message: expect.stringContaining("in UTC") } });
  },
);

test("two weeks can be looked at; before and after is refused with a sentence", () => {
  const ask = (ms: number) => readMoment(new Date(now.getTime() + ms).toISOString(), now);
  const twoWeeks = 14 * 24 * 60 * minute;
  expect(readMoment(null, now)).toEqual({ at: null });
  expect(ask(-twoWeeks)).toEqual({ at: new Date(now.getTime() - twoWeeks) });
  expect(ask(-twoWeeks - 2 * minute)).toMatchObject({ refusal: { title: "This moment is too long ago" } });
  expect(ask(2 * minute)).toMatchObject({ refusal: { title: "This moment has not come yet" } });
  expect(ask(20_000), "a clock that is ahead").toEqual({ at: now });
  expect(clampMoment(new Date(0), now).getTime()).toBe(now.getTime() - twoWeeks);
});

test("while nothing plays only the board of the moment itself will do", () => {
  const at = now.getTime();
  expect(wantedFrames(at, null, null)).toEqual([at]);
  expect(frameFor([at - 1000, at + 1000], at, null)).toBeNull();
  expect(frameFor([at - 1000, at], at, null)).toBe(at);
});

test("while it plays a frame is never shown before its time, nor longer than frames lie apart", () => {
  for (const speed of speeds) {
    const spacing = frameSeconds[speed] * 1000;
    const start = now.getTime() + 7000;
    const frames = new Set<number>([start]);
    for (let at = start; at < start + 20 * spacing; at += 250 * speed) {
      const shown = frameFor(frames, at, speed);
      if (shown !== null) {
        expect(shown).toBeLessThanOrEqual(at);
        expect(at - shown).toBeLessThanOrEqual(spacing);
      }
      for (const wanted of wantedFrames(at, speed, shown)) frames.add(wanted);
      expect(frameFor(frames, at, speed), "what is wanted is enough to go on").not.toBeNull();
    }
  }
});

test("an address names one of the speeds or none", () => {
  expect(speeds.map((speed) => readSpeed(String(speed)))).toEqual([...speeds]);
  expect([readSpeed("7"), readSpeed(null), readSpeed("1e1")]).toEqual([null, null, null]);
});

test("a day has 24 hours but for the two nights that have 23 and 25", () => {
  const hours = (at: string) => {
    const { from, to } = dayAround(new Date(at), zone);
    return (to.getTime() - from.getTime()) / (60 * minute);
  };
  expect([hours("2026-11-22T12:00:00Z"), hours("2026-03-29T12:00:00Z"), hours("2026-10-25T12:00:00Z")]).toEqual([
    ...[24, 23, 25],
  ]);
  const labels = dayAround(new Date("2026-03-29T12:00:00Z"), zone).ticks.map(({ label }) => label);
  expect(labels).toEqual(["00", "03", "06", "09", "12", "15", "18", "21"]);
});

test("the days of two weeks are marked where they begin in the zone", () => {
  const ticks = dayTicks(new Date("2026-10-20T10:00:00Z"), new Date("2026-10-27T10:00:00Z"), zone);
  expect(ticks.map(({ at }) => at.toISOString().slice(0, 16))).toEqual([
    ...["2026-10-20T22:00", "2026-10-21T22:00", "2026-10-22T22:00", "2026-10-23T22:00", "2026-10-24T22:00"],
    ...["2026-10-25T23:00", "2026-10-26T23:00"],
  ]);
  expect(ticks[0]?.label).toBe("Wed 21");
});

test("what clocks show and the instant lead to one another, across both nights", () => {
  for (const instant of [
    "2026-11-21T13:05:07Z",
    "2026-03-29T00:59:59Z",
    "2026-03-29T01:00:00Z",
    "2026-10-25T03:00:00Z",
  ]) {
    const at = new Date(instant);
    expect(localInstant(localTime(at, zone), zone)).toEqual(at);
  }
  expect(localInstant("2026-10-25T02:30", zone), "the first of two").toEqual(new Date("2026-10-25T00:30:00Z"));
  expect(localInstant("soon", zone)).toBeNull();
});
