import fc from "fast-check";
import { expect, test } from "vitest";

import { alarmKinds } from "../../../db/rules/live/alarm-kinds";
import { type Groupable, groupAlarms } from "../../../db/rules/live/group-alarms";
import { nextJudgement } from "../../../db/rules/live/next-judgement";

const now = new Date("2026-11-22T13:00:00Z");
const minutesAgo = (count: number) => new Date(+now - count * 60_000);

let count = 0;
function alarm(values: Partial<Groupable>): Groupable {
  count += 1;
  return {
    id: count,
    kind: "stale",
    beganAt: minutesAgo(10),
    isAcknowledged: false,
    locationId: count,
    guardId: count,
    ...values,
  };
}

const idsOf = (alarms: Groupable[]) => groupAlarms(alarms).map(({ by, alarms }) => [by, ...alarms.map(({ id }) => id)]);

test("the worst comes first, then what nobody acknowledged, then what lasts longest", () => {
  const late = alarm({ kind: "late" });
  const noShow = alarm({ kind: "no-show", isAcknowledged: true });
  const seen = alarm({ isAcknowledged: true, beganAt: minutesAgo(99) });
  const [young, old] = [alarm({}), alarm({ beganAt: minutesAgo(20) })];
  expect(idsOf([young, seen, late, old, noShow])).toEqual([
    ["none", noShow.id],
    ["none", late.id],
    ["none", old.id],
    ["none", young.id],
    ["none", seen.id],
  ]);
});

test("alarms of one kind at one location are one line, and so is what else one guard has", () => {
  const schiphol = [1, 2, 3].map(() => alarm({ locationId: 900 }));
  const late = alarm({ kind: "late", locationId: 900 });
  const [incident, outside] = [alarm({ kind: "incident", guardId: 77 }), alarm({ kind: "outside", guardId: 77 })];
  expect(idsOf([...schiphol, late, outside, incident])).toEqual([
    ["guard", incident.id, outside.id],
    ["none", late.id],
    ["location", ...schiphol.map(({ id }) => id)],
  ]);
});

test("what has neither location nor guard stands alone", () => {
  const [outage, vacant] = [
    alarm({ kind: "outage", locationId: null, guardId: null }),
    alarm({ kind: "unfilled", guardId: null }),
  ];
  expect(idsOf([vacant, outage])).toEqual([
    ["none", outage.id],
    ["none", vacant.id],
  ]);
});

test("whatever there is, each alarm stands in exactly one line", () => {
  const few = fc.option(fc.integer({ min: 1, max: 4 }), { nil: null });
  const some = fc.array(fc.record({ kind: fc.constantFrom(...alarmKinds), locationId: few, guardId: few }));
  fc.assert(
    fc.property(some, (found) => {
      const alarms = found.map((values) => alarm(values));
      const told = groupAlarms(alarms).flatMap((group) => group.alarms.map(({ id }) => id));
      expect([...told].sort((a, b) => a - b)).toEqual(alarms.map(({ id }) => id));
    }),
  );
});

test("the clock judges now; what it missed it judges minute by minute, or by five of a long gap", () => {
  expect(nextJudgement(minutesAgo(0.1), now)).toEqual(now);
  expect(nextJudgement(minutesAgo(1), now)).toEqual(now);
  expect(nextJudgement(minutesAgo(3), now)).toEqual(minutesAgo(2));
  expect(nextJudgement(minutesAgo(300), now)).toEqual(minutesAgo(295));
  expect(nextJudgement(minutesAgo(100_000), now)).toEqual(minutesAgo(24 * 60 - 5));
  expect(nextJudgement(null, now)).toEqual(minutesAgo(119));
  expect(nextJudgement(new Date(+now + 5000), now)).toEqual(now);
});
