import type { StyleSpecification } from "maplibre-gl";

import type { Verdict } from "../../db/rules/live/verdict";
import type { Point } from "../../db/schema/geography";

export type TrailPosition = {
  id: number;
  at: Date;
  kind: "in" | "ping" | "out";
  verdict: Verdict;
  /** Null when the device gave none. */
  accuracyMeters: number | null;
  point: Point;
};

export type Trail = {
  shiftId: number;
  positions: TrailPosition[];
  post: Point & { radiusMeters: number };
  timeZone: string;
};

/** The ground under the trail, in the colours of the page. */
export type LoadBasemap = (theme: "light" | "dark") => Promise<StyleSpecification>;

export const verdictColours = { inside: "#0072b2", outside: "#e69f00", uncertain: "#56b4e9" } as const;

const earthRadiusMeters = 6_371_009;

/** Great-circle distance; within some kilometres good to a metre. */
export function metersBetween(a: Point, b: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const north = radians(b.latitude - a.latitude);
  const east = radians(b.longitude - a.longitude) * Math.cos(radians((a.latitude + b.latitude) / 2));
  return earthRadiusMeters * Math.hypot(north, east);
}

/** A closed ring of `radiusMeters` around a point, longitude before latitude. */
export function ringAround({ longitude, latitude }: Point, radiusMeters: number): [number, number][] {
  const north = (radiusMeters / earthRadiusMeters) * (180 / Math.PI);
  const east = north / Math.cos((latitude * Math.PI) / 180);
  return Array.from({ length: 65 }, (_, index) => {
    const turn = (index / 64) * 2 * Math.PI;
    return [longitude + east * Math.sin(turn), latitude + north * Math.cos(turn)];
  });
}
