import fc from "fast-check";
import { expect, test } from "vitest";

import { wilsonInterval } from "../../../db/rules/sla/wilson-interval";

test("the interval is that of the tables", () => {
  const { low, high } = wilsonInterval(17, 18) ?? { low: 0, high: 0 };
  expect(low).toBeCloseTo(0.742, 3);
  expect(high).toBeCloseTo(0.99, 3);
  const half = wilsonInterval(50, 100);
  expect(half?.low).toBeCloseTo(0.4038, 4);
  expect(half?.high).toBeCloseTo(0.5962, 4);
  expect(wilsonInterval(0, 10)?.high).toBeCloseTo(0.2775, 4);
});

test("of nothing there is no interval", () => {
  expect(wilsonInterval(0, 0)).toBeNull();
});

test("the interval holds the share, lies between 0 and 1, and narrows as more is counted", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
      const hits = Math.round(share * of);
      const { low, high } = wilsonInterval(hits, of) ?? { low: 1, high: 0 };
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(hits / of);
      expect(high).toBeGreaterThanOrEqual(hits / of);
      const more = wilsonInterval(hits * 10, of * 10) ?? { low: 0, high: 1 };
      expect(more.high - more.low).toBeLessThan(high - low);
    }),
  );
});
