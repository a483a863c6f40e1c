import { expect, test } from "vitest";

import { judgeStanding } from "../../../db/rules/sla/judge-standing";

const asOf = new Date("2026-11-22T13:00:00Z");
const before = (hours: number) => new Date(+asOf - hours * 3_600_000);
const judge = (frozenUntil: Date | null, liveAt: Date | null) =>
  judgeStanding({ frozenUntil, liveAt }, { asOf, settleSeconds: 86_400 });

test("what is frozen within the last two days and told just now leaves no hole", () => {
  expect(judge(before(25), before(0.05))).toMatchObject({ untold: null, isLiveOld: false });
  expect(judge(before(48), asOf).untold).toBeNull();
});

test("where freezing is behind, the ends between it and the live ones are in no number", () => {
  expect(judge(before(72), asOf).untold).toEqual({ from: before(72), until: before(48) });
});

test("before anything is frozen, only the last day is told", () => {
  expect(judge(null, asOf).untold).toEqual({ from: null, until: before(24) });
  expect(judge(null, null).untold).toEqual({ from: null, until: asOf });
});

test("live numbers that stand still for a quarter of an hour are old", () => {
  expect(judge(before(25), before(0.2)).isLiveOld).toBe(false);
  expect(judge(before(25), before(0.3)).isLiveOld).toBe(true);
  expect(judge(before(25), null)).toMatchObject({ isLiveOld: true, untold: { from: before(25), until: asOf } });
});
