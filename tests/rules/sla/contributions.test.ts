import fc from "fast-check";
import { expect, test } from "vitest";

import { tellContributions } from "../../../db/rules/sla/contributions";

const cases = fc.nat(200).chain((of) => fc.record({ of: fc.constant(of), hits: fc.nat(of) }));
const groups = fc.array(fc.record({ current: cases, previous: cases }), { minLength: 1, maxLength: 8 });
const group = (hits: number, of: number, hitsBefore: number, ofBefore: number) => ({
  current: { hits, of },
  previous: { hits: hitsBefore, of: ofBefore },
});

test("who alone changed made the whole change", () => {
  fc.assert(
    fc.property(groups, cases, (all, changed) => {
      const [first, ...others] = all;
      const still = others.map(({ current }) => ({ current, previous: current }));
      const told = tellContributions([{ current: changed, previous: first?.previous ?? changed }, ...still]);
      if (told.change === null) return;
      // Where it alone is counted, nothing would be without it.
      if (told.groups.some(({ moved }) => moved === null)) return;
      expect(told.groups.reduce((total, { moved }) => total + (moved ?? 0), 0)).toBeCloseTo(told.change, 9);
      expect(told.rest).toBeCloseTo(0, 9);
    }),
  );
});

test("each contribution and the rest add up to the change, the greatest first", () => {
  fc.assert(
    fc.property(groups, (all) => {
      const { change, rest, groups: told } = tellContributions(all);
      if (change === null) {
        expect(told.every(({ moved }) => moved === null)).toBe(true);
        return;
      }
      const moved = told.map((one) => one.moved ?? 0);
      expect(moved.reduce((sum, one) => sum + one, rest ?? 0)).toBeCloseTo(change, 9);
      expect(moved.map(Math.abs)).toEqual(moved.map(Math.abs).toSorted((one, other) => other - one));
    }),
  );
});

test("a group is told by what the number would be had it stayed as it was", () => {
  const { change, groups: told } = tellContributions([group(90, 100, 90, 100), group(60, 100, 90, 100)]);
  expect(change).toBeCloseTo(-0.15);
  expect(told.map(({ moved }) => moved)).toEqual([expect.closeTo(-0.15), 0]);
});

test("one whose share stayed moves the number all the same by growing", () => {
  const { groups: told, rest } = tellContributions([group(100, 100, 100, 100), group(150, 300, 50, 100)]);
  expect(told[0]?.moved).toBeCloseTo(250 / 400 - 150 / 200);
  expect(rest).toBeCloseTo(0);
});

test("of nothing before there is no change, and nobody made one", () => {
  expect(tellContributions([group(5, 10, 0, 0)])).toMatchObject({
    change: null,
    rest: null,
    groups: [{ moved: null }],
  });
  expect(tellContributions([])).toMatchObject({ change: null, groups: [] });
});

test("what without a group would count nothing is not divided by", () => {
  const told = tellContributions([group(5, 10, 0, 0), group(0, 0, 8, 10)]);
  expect(told.change).toBeCloseTo(-0.3);
  expect(told.groups.find(({ current }) => current.of === 10)?.moved).toBeNull();
});
