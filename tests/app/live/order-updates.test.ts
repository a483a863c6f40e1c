import fc from "fast-check";
import { expect, test } from "vitest";

import { countUpdates } from "../../../app/live/order-updates";

test.each([
  ["the same order", [1, 2, 3], [1, 2, 3], 0],
  ["one that appears", [1, 2, 3], [1, 9, 2, 3], 1],
  ["one that vanishes", [1, 2, 3], [1, 3], 1],
  ["one that rises to the top", [1, 2, 3, 4, 5], [5, 1, 2, 3, 4], 1],
  ["two that change places", [1, 2, 3], [2, 1, 3], 1],
  ["all turned round", [1, 2, 3, 4], [4, 3, 2, 1], 3],
  ["one that goes, one that comes and one that moves", [1, 2, 3, 4], [4, 1, 2, 9], 3],
  ["an empty list that fills", [], [1, 2], 2],
  ["a list that empties", [1, 2], [], 2],
])("%s", (_, shown, wanted, updates) => {
  expect(countUpdates(shown, wanted)).toBe(updates);
});

test("there is nothing to update only where both are the same", () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 8 }));
  fc.assert(
    fc.property(ids, ids, (shown, wanted) => {
      expect(countUpdates(shown, wanted) === 0).toBe(`${shown}` === `${wanted}`);
      expect(countUpdates(shown, wanted)).toBeLessThanOrEqual(shown.length + wanted.length);
    }),
  );
});

test("five thousand rows turned round are all counted but one", () => {
  const shown = Array.from({ length: 5000 }, (_, index) => index);
  const wanted = [...shown].reverse();
  expect(countUpdates(shown, wanted)).toBe(4999);
});
