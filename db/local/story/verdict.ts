/**
 * What a check-in proves about the fence: true inside, false outside, null neither, because the accuracy overlaps
 * the boundary or the device gave none.
 */
export function judgeWithinRadius(
  distanceMeters: number,
  radiusMeters: number,
  accuracyMeters: number | null,
): boolean | null {
  if (accuracyMeters === null) return null;
  if (distanceMeters + accuracyMeters <= radiusMeters) return true;
  return distanceMeters - accuracyMeters > radiusMeters ? false : null;
}
