import { expect, test } from "vitest";

import { tellEpisodes } from "../../../db/rules/shifts/episodes";

const at = (clock: string) => new Date(`2026-11-22T${clock}:00Z`);
const plan = {
  startAt: at("09:00"),
  endAt: at("17:00"),
  isCancelled: false,
  assignedAt: at("07:00"),
  hasGuard: true,
  radiusMeters: 100,
};
const seen = (clock: string, distanceMeters: number) => ({
  kind: "ping" as const,
  recordedAt: at(clock),
  createdAt: at(clock),
  distanceMeters,
  accuracyMeters: 10,
});
const told = (checkins: ReturnType<typeof seen>[], asOf = "18:00", changes = {}) =>
  tellEpisodes({ ...plan, ...changes }, checkins, at(asOf)).map(
    ({ at: when, text }) => `${when.toISOString().slice(11, 16)} ${text}`,
  );

test("who comes in time and stays makes no episode", () => {
  expect(told([seen("08:55", 20), seen("12:00", 30)])).toEqual([]);
  expect(told([seen("09:05", 20)])).toEqual([]);
});

test("late, then arrived; later still, a no-show in between", () => {
  expect(told([seen("09:12", 20)])).toEqual([
    "09:05 Late: no check-in 5 min after the start",
    "09:12 Arrived 12 min after the start",
  ]);
  expect(told([seen("10:00", 20)])).toEqual([
    "09:05 Late: no check-in 5 min after the start",
    "09:30 No-show: no check-in 30 min after it was due",
    "10:00 Arrived 60 min after the start",
  ]);
});

test("a check-in from outside is no arrival, and nothing is told before its time", () => {
  expect(told([seen("09:00", 900)], "09:20")).toEqual(["09:05 Late: no check-in 5 min after the start"]);
  expect(told([], "09:04")).toEqual([]);
});

test("whoever takes over after the start has as long to come", () => {
  expect(told([], "11:20", { assignedAt: at("11:00") })).toEqual(["09:05 Late: no check-in 5 min after the start"]);
  expect(told([], "11:31", { assignedAt: at("11:00") })).toContain(
    "11:30 No-show: no check-in 30 min after it was due",
  );
});

test("leaving and coming back are told by the rule of the board, each time", () => {
  const away = (clock: string) => [seen(`${clock}:00`, 400), seen(`${clock}:02`, 400), seen(`${clock}:04`, 400)];
  expect(told([seen("08:55", 20), ...away("10"), seen("10:20", 20), ...away("12")])).toEqual([
    "10:00 Left the post",
    "10:20 Back on the post after 20 min",
    "12:00 Left the post",
  ]);
});

test("who has not arrived has not left: the way to the post is no absence", () => {
  const coming = [seen("08:40", 4000), seen("08:45", 2500), seen("08:50", 900)];
  expect(told([...coming, seen("08:58", 20)])).toEqual([]);
});

test("a shift without a guard is unfilled from its start; a cancelled one has no episode", () => {
  expect(told([], "09:01", { hasGuard: false })).toEqual(["09:00 Unfilled: it began without a guard"]);
  expect(told([], "08:59", { hasGuard: false })).toEqual([]);
  expect(told([], "18:00", { isCancelled: true })).toEqual([]);
});
