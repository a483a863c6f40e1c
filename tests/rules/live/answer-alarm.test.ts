import { expect, test } from "vitest";

import { type Answerable, answerAlarm, isSnoozed } from "../../../db/rules/live/answer-alarm";

const asOf = new Date("2026-11-22T13:00:00Z");
const minutesLater = (count: number) => new Date(+asOf + count * 60_000);
const anna = { id: "a", fullName: "Anna de Wit" };
const bram = { id: "b", fullName: "Bram Smit" };

const open: Answerable = {
  endedAt: null,
  shiftEndAt: minutesLater(200),
  acknowledgedBy: null,
  acknowledgedAt: null,
  owner: null,
  snoozedUntil: null,
  note: null,
};
const annas: Answerable = { ...open, acknowledgedBy: anna, acknowledgedAt: minutesLater(-1), owner: anna };
const asAnna = { by: anna, asOf };
const asBram = { by: bram, asOf };

test("the first who acknowledges is on record; the second is told who was", () => {
  expect(answerAlarm(open, { verb: "acknowledge" }, asAnna)).toMatchObject({
    acknowledgedBy: anna,
    acknowledgedAt: asOf,
  });
  expect(answerAlarm(annas, { verb: "acknowledge" }, asBram)).toEqual({
    refusal: "Anna de Wit acknowledged it already.",
  });
  expect(answerAlarm(annas, { verb: "acknowledge" }, asAnna)).toEqual({ refusal: "You acknowledged it already." });
});

test("who takes an alarm has seen it; it is taken only from the owner whom one saw", () => {
  expect(answerAlarm(open, { verb: "take", from: null }, asBram)).toMatchObject({ owner: bram, acknowledgedBy: bram });
  expect(answerAlarm(annas, { verb: "take", from: null }, asBram)).toEqual({
    refusal: "Anna de Wit took it meanwhile.",
  });
  expect(answerAlarm(annas, { verb: "take", from: "a" }, asBram)).toMatchObject({ owner: bram, acknowledgedBy: anna });
  expect(answerAlarm(annas, { verb: "take", from: "a" }, asAnna)).toEqual({ refusal: "It is yours already." });
});

test("only the owner gives an alarm back", () => {
  expect(answerAlarm(annas, { verb: "release" }, asAnna)).toMatchObject({ owner: null, acknowledgedBy: anna });
  expect(answerAlarm(annas, { verb: "release" }, asBram)).toEqual({ refusal: "Anna de Wit has it, not you." });
  expect(answerAlarm(open, { verb: "release" }, asBram)).toEqual({ refusal: "Nobody has it." });
});

test("an alarm sleeps a while or until its shift ends, and can be woken", () => {
  const snooze = (alarm: Answerable, length: "15 min" | "1 h" | "shift end") =>
    answerAlarm(alarm, { verb: "snooze", snooze: length, note: "On the phone" }, asAnna);
  expect(snooze(open, "15 min")).toMatchObject({ snoozedUntil: minutesLater(15), note: "On the phone" });
  expect(snooze(open, "1 h")).toMatchObject({ snoozedUntil: minutesLater(60) });
  expect(snooze(open, "shift end")).toMatchObject({ snoozedUntil: minutesLater(200) });
  for (const shiftEndAt of [null, minutesLater(-1)]) {
    expect(snooze({ ...open, shiftEndAt }, "shift end")).toEqual({
      refusal: "Its shift has ended, so there is nothing to wait for.",
    });
  }
  const asleep = { ...open, snoozedUntil: minutesLater(1), note: "On the phone" };
  expect([isSnoozed(asleep, asOf), isSnoozed(asleep, minutesLater(1)), isSnoozed(open, asOf)]).toEqual([
    true,
    false,
    false,
  ]);
  expect(answerAlarm(asleep, { verb: "wake" }, asBram)).toMatchObject({ snoozedUntil: null, note: null });
  expect(answerAlarm(open, { verb: "wake" }, asBram)).toEqual({ refusal: "It does not sleep any more." });
});

test("what has ended takes no answer", () => {
  const ended = { ...annas, endedAt: asOf };
  for (const answer of [{ verb: "acknowledge" }, { verb: "release" }, { verb: "wake" }] as const) {
    expect(answerAlarm(ended, answer, asAnna)).toEqual({ refusal: "It has ended meanwhile." });
  }
});
