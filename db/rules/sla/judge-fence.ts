/** What the check-ins at a location say of its fence. Metres. */
export type FenceMeasure = {
  checkinCount: number;
  guardCount: number;
  radiusMeters: number;
  /** From the pin to the median position, east and north. */
  eastMeters: number;
  northMeters: number;
  /** Within which of the pin, and of the median position, nine tenths of the check-ins lie with all their accuracy. */
  neededRadiusMeters: number;
  movedRadiusMeters: number;
};

export type FenceAdvice =
  | { verdict: "too few" }
  | { verdict: "good" }
  | { verdict: "move"; offsetMeters: number; direction: string; radiusMeters: number }
  | { verdict: "widen" | "narrow"; radiusMeters: number };

/** Fewer tell more of a person than of the fence. */
export const fewestCheckins = 20;
export const fewestGuards = 3;

const directions = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];
/** CHECK valid_radius of locations. */
const [leastRadius, mostRadius] = [50, 1000];

/** How far, and in which of eight directions, the median position lies from the pin. */
export function offsetOf({ eastMeters, northMeters }: Pick<FenceMeasure, "eastMeters" | "northMeters">) {
  const eighth = Math.round((Math.atan2(eastMeters, northMeters) * 4) / Math.PI);
  return {
    offsetMeters: Math.hypot(eastMeters, northMeters),
    direction: directions[(eighth + 8) % 8] as string,
  };
}

/**
 * Whether the fence fits the work there: the pin is off where the median position lies further from it than 20 m and a
 * quarter of the radius; else the radius is too small where a tenth cannot be proven inside, and too wide at three times
 * what is needed.
 */
export function judgeFence(measure: FenceMeasure): FenceAdvice {
  const { checkinCount, guardCount, radiusMeters, neededRadiusMeters, movedRadiusMeters } = measure;
  if (checkinCount < fewestCheckins || guardCount < fewestGuards) return { verdict: "too few" };
  const { offsetMeters, direction } = offsetOf(measure);
  if (offsetMeters > Math.max(20, radiusMeters / 4))
    return { verdict: "move", offsetMeters, direction, radiusMeters: suggest(movedRadiusMeters) };
  const needed = suggest(neededRadiusMeters);
  if (needed > radiusMeters) return { verdict: "widen", radiusMeters: needed };
  if (needed * 3 <= radiusMeters) return { verdict: "narrow", radiusMeters: needed };
  return { verdict: "good" };
}

/** In tens of metres, within what a location may have. */
function suggest(meters: number): number {
  return Math.min(mostRadius, Math.max(leastRadius, Math.ceil(meters / 10) * 10));
}
