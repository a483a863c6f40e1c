import { formatDistance } from "~/ui/format";

/** What `near` of the URL names. */
export type NearAsked = { kind: "point"; longitude: number; latitude: number } | { kind: "guard"; guardId: number };

export const nearestRadiusMeters = 100;
export const farthestRadiusMeters = 100_000;
export const usualRadiusMeters = 2000;

/** `lng,lat` in degrees of WGS 84, or `guard:<id>`; null for anything else. */
export function readNear(asked: string): NearAsked | null {
  const guard = /^guard:([1-9]\d{0,14})$/.exec(asked);
  if (guard) return { kind: "guard", guardId: Number(guard[1]) };
  const point = /^(-?\d{1,3}(?:\.\d{1,12})?),(-?\d{1,2}(?:\.\d{1,12})?)$/.exec(asked);
  if (!point) return null;
  const [longitude, latitude] = [Number(point[1]), Number(point[2])];
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 ? { kind: "point", longitude, latitude } : null;
}

/** Metres from 100 m to 100 km, 2 km where nothing is asked for; null for anything else. */
export function readRadiusMeters(asked: string): number | null {
  if (asked === "") return usualRadiusMeters;
  const meters = /^\d{1,6}$/.test(asked) ? Number(asked) : 0;
  return meters >= nearestRadiusMeters && meters <= farthestRadiusMeters ? meters : null;
}

/** A point as `near` of the URL, to about a metre. */
export function nearPoint({ longitude, latitude }: { longitude: number; latitude: number }): string {
  return `${longitude.toFixed(5)},${latitude.toFixed(5)}`;
}

export function nearGuard(guardId: number): string {
  return `guard:${guardId}`;
}

export const radiusChoices = [250, 500, 1000, 2000, 5000, 10_000, 25_000, 50_000, 100_000].map((meters) => ({
  value: String(meters),
  label: formatDistance(meters),
}));

/** Where the distances are measured from, and how they were found. */
export type NearAnswer = {
  asked: string;
  radiusMeters: number;
  center: { longitude: number; latitude: number };
  /** Null for a point of the map. */
  guard: {
    name: string;
    /** The last position of a shift that may be watched, or where the guard lives. */
    basis: "position" | "home";
    /** Of the position; null for the home. */
    at: Date | null;
    accuracyMeters: number | null;
  } | null;
  /** Shifts of the board within the radius with their distance in metres, nearest first. */
  distances: [shiftId: number, meters: number][];
};
