import fc from "fast-check";
import { expect, test } from "vitest";

import { addDays } from "../../../db/rules/sla/period";
import { type SetTarget, targetAt, tellTargetSpans } from "../../../db/rules/sla/target-spans";
import { budgetPeriod, mayMissOf, tellBudget } from "../../../db/rules/sla/tell-budget";

const set = (id: number, validFrom: string, more: Partial<SetTarget> = {}): SetTarget => ({
  id,
  clientId: null,
  metric: "on-time",
  ratio: 0.95,
  targetSeconds: null,
  validFrom,
  ...more,
});
const until = "2026-11-22";
const day = (date: string, of: number, missed: number, mayMiss = 0.05) => ({
  date,
  of,
  mayMiss,
  missed,
  leastMissed: missed,
  mostMissed: missed,
});
const daysAgo = (days: number) => addDays(until, -days);

test("a client's own target holds before a newer one of the house, and the one set last wins its day", () => {
  const own = set(2, "2026-10-10", { clientId: 7 });
  const targets = [set(1, "2000-01-01"), own, set(3, "2026-11-01")];
  expect(targetAt(targets, "2026-10-09")?.id).toBe(1);
  expect(targetAt(targets, "2026-11-02")).toBe(own);
  expect(targetAt([...targets, set(4, "2026-10-10", { clientId: 7 })], "2026-11-02")?.id).toBe(4);
  expect(targetAt(targets, "1999-12-31")).toBeNull();
});

test("a period that crosses a change is told in spans; a change of the house does not split a client's own", () => {
  const period = { from: "2026-11-01", until: "2026-11-30" };
  const targets = [set(1, "2000-01-01"), set(2, "2026-11-11", { clientId: 7 }), set(3, "2026-11-20")];
  expect(tellTargetSpans(targets, period).map(({ from, until, target }) => [from, until, target.id])).toEqual([
    ["2026-11-01", "2026-11-10", 1],
    ["2026-11-11", "2026-11-30", 2],
  ]);
  expect(tellTargetSpans([set(1, "2026-11-11")], period)).toMatchObject([{ from: "2026-11-11", until: "2026-11-30" }]);
  expect(tellTargetSpans([], period)).toEqual([]);
});

test("the spans of any targets say of each day what its target is, and none touches another of the same target", () => {
  const anySet = fc.record({ days: fc.integer({ min: -20, max: 50 }), isOwn: fc.boolean() });
  fc.assert(
    fc.property(fc.array(anySet, { maxLength: 8 }), fc.integer({ min: 0, max: 40 }), (sets, length) => {
      const period = { from: "2026-10-10", until: addDays("2026-10-10", length) };
      const targets = sets.map(({ days, isOwn }, id) =>
        set(id, addDays("2026-10-10", days), { clientId: isOwn ? 7 : null }),
      );
      const spans = tellTargetSpans(targets, period);
      for (let date = period.from; date <= period.until; date = addDays(date, 1)) {
        const at = spans.filter((span) => span.from <= date && date <= span.until);
        expect(at.map(({ target }) => target)).toEqual([targetAt(targets, date)].filter((one) => one !== null));
      }
      for (const [at, span] of spans.entries()) expect(spans[at + 1]?.target).not.toBe(span.target);
    }),
  );
});

test("2 allowed, 1 used: the miss of 17 days ago counts for 11 more days", () => {
  const budget = tellBudget([day(daysAgo(17), 20, 1), day(daysAgo(3), 30, 0)], until);
  expect(budget).toMatchObject({ of: 50, allowed: 2, used: 1, left: 1, daysUntilRelief: 11, isFew: false });
});

test("the miss of today counts for 28 days, that of 27 days ago for one, and an older one no more", () => {
  expect(tellBudget([day(until, 20, 1)], until)?.daysUntilRelief).toBe(28);
  expect(tellBudget([day(daysAgo(27), 20, 1)], until)?.daysUntilRelief).toBe(1);
  expect(tellBudget([day(daysAgo(28), 20, 1)], until)).toBeNull();
  expect(tellBudget([day(until, 20, 0)], until)?.daysUntilRelief).toBeNull();
  expect(budgetPeriod(until)).toEqual({ from: "2026-10-26", until });
});

test("the cases of each day are allowed what the target of that day allows", () => {
  const budget = tellBudget([day(daysAgo(9), 100, 3, 0.1), day(daysAgo(2), 100, 3, 0.02)], until);
  expect(budget).toMatchObject({ allowed: 12, used: 6, left: 6 });
});

test("a target of 98 % lets 2 of 100 miss, one of at most 1 % no-shows lets 1", () => {
  expect(tellBudget([day(until, 100, 0, mayMissOf(0.98, { isLowerBetter: false }))], until)?.allowed).toBe(2);
  expect(tellBudget([day(until, 100, 0, mayMissOf(0.01, { isLowerBetter: true }))], until)?.allowed).toBe(1);
});

test("uncertain cases make a range, few ones are told as few, and no case is no budget", () => {
  const uncertain = { ...day(until, 19, 1), mostMissed: 4 };
  expect(tellBudget([uncertain], until)).toMatchObject({ used: 1, leastUsed: 1, mostUsed: 4, left: -1, isFew: true });
  expect(tellBudget([day(until, 0, 0)], until)).toBeNull();
});

test("a budget is the same in whatever order its days come, and a further miss takes exactly one", () => {
  const anyDay = fc
    .record({
      ago: fc.nat(27),
      of: fc.integer({ min: 1, max: 500 }),
      missed: fc.nat(500),
      mayMiss: fc.constantFrom(0.01, 0.02, 0.05, 1),
    })
    .map(({ ago, of, missed, mayMiss }) => day(daysAgo(ago), of, Math.min(of, missed), mayMiss));
  fc.assert(
    fc.property(fc.array(anyDay, { minLength: 1, maxLength: 28 }), (days) => {
      const budget = tellBudget(days, until);
      expect(tellBudget(days.toReversed(), until)).toEqual(budget);
      const [first, ...others] = days as [(typeof days)[number]];
      const more = tellBudget([{ ...first, missed: first.missed + 1 }, ...others], until);
      expect(more?.left).toBe((budget?.left as number) - 1);
      expect(budget?.allowed).toBeLessThanOrEqual(budget?.of as number);
    }),
  );
});
