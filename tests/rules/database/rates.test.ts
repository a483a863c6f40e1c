import { expect, test } from "vitest";

import { breakAtGaps, toRates } from "../../../db/rules/database/rates";

const minute = (count: number) => new Date(Date.UTC(2026, 10, 22, 12, count));
const ratesOf = (...values: [number, number | null][]) =>
  toRates(
    values.map(([at, value]) => ({ at: minute(at), value })),
    180,
  ).map(({ value }) => value);

test("a counter is shown by what it grew a second", () => {
  expect(ratesOf([0, 100], [1, 160], [2, 160])).toEqual([null, 1, 0]);
});

test("a reset, a gap and a value that could not be read are unknown, never negative and never invented", () => {
  expect(ratesOf([0, 100], [1, 10], [2, 70])).toEqual([null, null, 1]);
  expect(ratesOf([0, 100], [10, 700])).toEqual([null, null]);
  expect(ratesOf([0, 100], [1, null], [2, 300])).toEqual([null, null, null]);
});

test("whatever the counter does, no rate is negative", () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const values = Array.from({ length: 500 }, (_, index): [number, number | null] => [
    index,
    random() < 0.1 ? null : Math.floor(random() * 1000),
  ]);
  expect(ratesOf(...values).every((rate) => rate === null || rate >= 0)).toBe(true);
});

test("between two samples that are far apart nothing is known", () => {
  const points = [0, 1, 10].map((at) => ({ at: minute(at), value: 0 }));
  expect(breakAtGaps(points, 180).map(({ value }) => value)).toEqual([0, 0, null, 0]);
});
