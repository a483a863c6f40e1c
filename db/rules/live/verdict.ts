export type Verdict = "inside" | "outside" | "uncertain";

/**
 * Whether a position `distanceMeters` from the centre is within `radiusMeters`. Uncertain while the circle of
 * `accuracyMeters` that the device trusts crosses the boundary, and where the device gave none (null).
 */
export function judgeCheckin({
  distanceMeters,
  radiusMeters,
  accuracyMeters,
}: {
  distanceMeters: number;
  radiusMeters: number;
  accuracyMeters: number | null;
}): Verdict {
  if (accuracyMeters === null) return "uncertain";
  if (distanceMeters + accuracyMeters <= radiusMeters) return "inside";
  if (distanceMeters - accuracyMeters > radiusMeters) return "outside";
  return "uncertain";
}

/** What stands in gps_checkins.is_within_radius: null is uncertain. */
export function isWithinRadius(verdict: Verdict): boolean | null {
  return verdict === "uncertain" ? null : verdict === "inside";
}
