import { expect, test } from "vitest";

import type { Alarm } from "../../../app/live/feed/alarm-feed";
import {
  describeAlarm,
  describeAnswer,
  describeEnding,
  describeSpan,
  labelAlarm,
} from "../../../app/live/feed/describe-alarm";
import { readAnswer } from "../../../app/live/feed/read-answer";
import { sortFeed } from "../../../app/live/feed/sort-feed";
import { alarmKinds } from "../../../db/rules/live/alarm-kinds";
import { alarmEndings } from "../../../db/rules/live/alarms";
import { minutesFromNow, now } from "./board-shift";

const anna = { id: "a", fullName: "Anna de Wit" };

function alarm(values: Partial<Alarm> = {}): Alarm {
  return {
    id: 1,
    shiftId: 7,
    kind: "late",
    severity: "warning",
    beganAt: minutesFromNow(-12),
    raisedAt: minutesFromNow(-12),
    escalatedAt: null,
    endedAt: null,
    ending: null,
    times: 1,
    affectedCount: null,
    hasSignedOff: false,
    guardId: 1,
    guardName: "René Çelik",
    client: "Hotel De Kroon",
    locationId: 1,
    locationName: "De Kroon, front desk",
    city: "Amsterdam",
    timeZone: "Europe/Amsterdam",
    shiftStartAt: minutesFromNow(-17),
    shiftEndAt: minutesFromNow(480),
    summary: null,
    acknowledgedBy: null,
    acknowledgedAt: null,
    owner: null,
    snoozedUntil: null,
    note: null,
    ...values,
  };
}

function form(fields: Record<string, string | string[]>): FormData {
  const data = new FormData();
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) data.append(name, value);
  return data;
}

test("an alarm says what happened, how long, since when in the location's zone, and who has it", () => {
  const late = alarm();
  expect(labelAlarm(late, now)).toBe("Late 12 min");
  expect(describeAlarm(late)).toBe("Was due at 13:43 CET, has not checked in.");
  expect(describeSpan(late)).toBe("since 13:48 CET");
  expect(describeSpan({ ...late, timeZone: "Europe/Lisbon" })).toBe("since 12:48 WET");
  const noShow = alarm({ kind: "no-show", beganAt: minutesFromNow(-40), escalatedAt: minutesFromNow(-15) });
  expect([labelAlarm(noShow, now), describeSpan(noShow)]).toEqual([
    "No-show 15 min",
    "since 13:45 CET, late since 13:20 CET",
  ]);
  expect(describeAlarm(alarm({ kind: "stale" }))).toBe("Last heard at 13:33 CET.");
  expect(describeAlarm(alarm({ kind: "outside", hasSignedOff: true }))).toBe("Signed off long before the end.");
  expect(describeAnswer(late, "a")).toBeNull();
  expect(describeAnswer(alarm({ acknowledgedBy: anna }), "a")).toBe("acknowledged by you");
  expect(describeAnswer(alarm({ acknowledgedBy: anna, owner: anna }), "b")).toBe("Anna de Wit has it");
});

test("an alarm that ended says why and keeps how long it lasted", () => {
  const ended = alarm({ endedAt: minutesFromNow(-5), ending: "recovered" });
  expect([labelAlarm(ended, now), describeSpan(ended), describeEnding(ended)]).toEqual([
    "Late 7 min",
    "13:48 CET to 13:55 CET",
    "The guard came.",
  ]);
});

test("each kind and each ending has its sentence", () => {
  const sentences = alarmKinds.map((kind) => describeAlarm(alarm({ kind, affectedCount: 3 })));
  const endings = alarmEndings.map((ending) => describeEnding(alarm({ ending, endedAt: now })));
  for (const sentence of [...sentences, ...endings]) expect(sentence).toMatch(/^[A-Z].*\.$/);
});

test("what sleeps is counted apart, and only critical ones that nobody has seen are urgent", () => {
  const noShow = { kind: "no-show", severity: "critical" } as const;
  const sorted = sortFeed(
    [
      alarm({ id: 1 }),
      alarm({ id: 2, ...noShow, guardId: 2 }),
      alarm({ id: 3, ...noShow, guardId: 3, locationId: 3, acknowledgedBy: anna }),
      alarm({ id: 4, ...noShow, guardId: 4, locationId: 4, snoozedUntil: minutesFromNow(1) }),
      alarm({ id: 5, ...noShow, guardId: 5, locationId: 5, snoozedUntil: minutesFromNow(-1) }),
    ],
    now,
  );
  expect([sorted.awakeCount, sorted.snoozedCount, sorted.urgentCount]).toEqual([4, 1, 2]);
});

test("a form is read as an answer, or not at all", () => {
  expect(readAnswer(form({ alarm: ["7", "8", "7"], verb: "acknowledge" }))).toEqual({
    alarmIds: [7, 8],
    answer: { verb: "acknowledge" },
  });
  expect(readAnswer(form({ alarm: "7", verb: "take", from: "" }))?.answer).toEqual({ verb: "take", from: null });
  expect(readAnswer(form({ alarm: "7", verb: "snooze", snooze: "1 h", note: "  " }))?.answer).toEqual({
    verb: "snooze",
    snooze: "1 h",
    note: null,
  });
  const senseless: Record<string, string | string[]>[] = [
    { verb: "acknowledge" },
    { alarm: "7" },
    { alarm: "0", verb: "acknowledge" },
    { alarm: "7; drop table alarms", verb: "acknowledge" },
    { alarm: "9".repeat(40), verb: "acknowledge" },
    { alarm: Array.from({ length: 201 }, (_, index) => String(index + 1)), verb: "acknowledge" },
    { alarm: "7", verb: "delete" },
    { alarm: "7", verb: "snooze" },
    { alarm: "7", verb: "snooze", snooze: "9 years" },
    { alarm: "7", verb: "snooze", snooze: "1 h", note: "x".repeat(201) },
  ];
  for (const fields of senseless) expect(readAnswer(form(fields))).toBeUndefined();
});
