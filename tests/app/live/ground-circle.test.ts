import { expect, test } from "vitest";

import { circleAround } from "../../../app/live/map/ground-circle";

function metersBetween([lng1, lat1]: readonly [number, number], [lng2, lat2]: readonly [number, number]): number {
  const [a, b] = [(lat1 * Math.PI) / 180, (lat2 * Math.PI) / 180];
  const half = (degrees: number) => Math.sin((degrees * Math.PI) / 360) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(half(lat2 - lat1) + Math.cos(a) * Math.cos(b) * half(lng2 - lng1)));
}

test.each([100, 2000, 100_000])("each point of the ring of %s m lies that far from its centre", (radiusMeters) => {
  const center = [4.8926, 52.3731] as const;
  const ring = circleAround(center, radiusMeters);
  for (const point of ring) expect(metersBetween(center, point) / radiusMeters).toBeCloseTo(1, 5);
  expect(ring.at(-1)).toEqual(ring[0]);
});
