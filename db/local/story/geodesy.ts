import type { Point } from "../../schema/geography";

/** A step on the ground, in metres. */
export type Step = { eastMeters: number; northMeters: number };

const radiansPerDegree = Math.PI / 180;

/** Length of one degree on the WGS 84 ellipsoid; exact to centimetres within a kilometre. */
function metersPerDegree(latitude: number): { east: number; north: number } {
  const phi = latitude * radiansPerDegree;
  return {
    east: 111412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi) + 0.118 * Math.cos(5 * phi),
    north: 111132.954 - 559.822 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi),
  };
}

export function movePoint(from: Point, step: Step): Point {
  const scale = metersPerDegree(from.latitude);
  return {
    longitude: from.longitude + step.eastMeters / scale.east,
    latitude: from.latitude + step.northMeters / scale.north,
  };
}

/** The way from one point to another; within 0.5 % up to 200 km. */
export function stepBetween(from: Point, to: Point): Step {
  const scale = metersPerDegree((from.latitude + to.latitude) / 2);
  return {
    eastMeters: (to.longitude - from.longitude) * scale.east,
    northMeters: (to.latitude - from.latitude) * scale.north,
  };
}

export function stepTowards(bearingRadians: number, meters: number): Step {
  return { eastMeters: Math.sin(bearingRadians) * meters, northMeters: Math.cos(bearingRadians) * meters };
}

export function lengthMeters({ eastMeters, northMeters }: Step): number {
  return Math.hypot(eastMeters, northMeters);
}

const ewkb = Buffer.alloc(25);
ewkb.writeUInt8(1, 0);
ewkb.writeUInt32LE(0x20000001, 1);
ewkb.writeUInt32LE(4326, 5);

/** Hex EWKB with SRID 4326, the form that PostGIS reads fastest. */
export function pointHex({ longitude, latitude }: Point): string {
  ewkb.writeDoubleLE(longitude, 9);
  ewkb.writeDoubleLE(latitude, 17);
  return ewkb.toString("hex");
}
