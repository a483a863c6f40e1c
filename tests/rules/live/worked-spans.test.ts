import { expect, test } from "vitest";

import type { Sighting } from "../../../db/rules/live/presence";
import { tellWork } from "../../../db/rules/live/worked-spans";

const start = new Date("2026-11-22T07:00:00Z");
const minute = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const seen = (minutes: number, verdict: Sighting["verdict"], kind: Sighting["kind"] = "ping") => ({
  kind,
  at: minute(minutes),
  verdict,
});
const told = (sightings: ReturnType<typeof seen>[], asOf: number) =>
  tellWork(sightings, { endAt: minute(480), asOf: minute(asOf), cadenceSeconds: 300 }).map(
    ({ fromAt, untilAt, presence }) => [(+fromAt - +start) / 60_000, (+untilAt - +start) / 60_000, presence],
  );

test("nobody who was not seen has worked", () => {
  expect(told([], 100)).toEqual([]);
});

test("a position lasts until the next one; alike ones are one span", () => {
  expect(told([seen(0, "inside", "in"), seen(5, "inside"), seen(10, "outside"), seen(15, "inside")], 18)).toEqual([
    [0, 10, "inside"],
    [10, 15, "outside"],
    [15, 18, "inside"],
  ]);
});

test("a vague position proves nothing, and neither does silence", () => {
  expect(told([seen(0, "inside", "in"), seen(5, "uncertain"), seen(10, "inside"), seen(60, "inside")], 62)).toEqual([
    [0, 5, "inside"],
    [5, 10, "unknown"],
    [10, 25, "inside"],
    [25, 60, "unknown"],
    [60, 62, "inside"],
  ]);
});

test("nothing is told after the sign-off, and silence after the end is not work", () => {
  expect(told([seen(0, "inside", "in"), seen(5, "inside", "out")], 100)).toEqual([[0, 5, "inside"]]);
  expect(told([seen(470, "inside")], 700)).toEqual([[470, 480, "inside"]]);
});

test("check-ins that came out of order are told in theirs", () => {
  expect(told([seen(5, "outside"), seen(0, "inside", "in")], 6)).toEqual([
    [0, 5, "inside"],
    [5, 6, "outside"],
  ]);
});
