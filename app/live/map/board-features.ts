import type { FeatureCollection, Point } from "geojson";

import { rankOf } from "../../../db/rules/live/shift-states";
import type { JudgedShift } from "../board";

export type MarkProperties = {
  id: number;
  state: string;
  rank: number;
  name: string;
  /** What stands under the mark at every zoom: how long a stale shift has been silent. */
  note: string;
  /** Of the fence, at zoom 12. */
  fencePixels: number;
};

export type Marks = FeatureCollection<Point, MarkProperties>;

/** The board as points where the posts are. `noteOf` writes what stands under a mark; empty is nothing. */
export function toMarks(judged: readonly JudgedShift[], noteOf: (one: JudgedShift) => string): Marks {
  return { type: "FeatureCollection", features: judged.map((one) => toMark(one, noteOf(one))) };
}

type Mark = Marks["features"][number];

const drawn = new WeakMap<JudgedShift, Mark>();

/** The same object for as long as nothing of it changes. */
function toMark(one: JudgedShift, note: string): Mark {
  const known = drawn.get(one);
  if (known?.properties.note === note) return known;
  const { id, location } = one.shift;
  const mark: Mark = {
    type: "Feature",
    geometry: { type: "Point", coordinates: [location.longitude, location.latitude] },
    properties: {
      id,
      state: one.state,
      rank: rankOf(one.state),
      name: location.name,
      note,
      fencePixels: pixelsAtZoom12(location.radiusMeters, location.latitude),
    },
  };
  drawn.set(one, mark);
  return mark;
}

const equatorMeters = 40_075_016.686;
const tilePixels = 512;

/** How many pixels `meters` on the ground take at zoom 12; twice as many at each zoom after. */
export function pixelsAtZoom12(meters: number, latitude: number): number {
  const metersPerPixel = (equatorMeters * Math.cos((latitude * Math.PI) / 180)) / (tilePixels * 2 ** 12);
  return meters / metersPerPixel;
}

export type Bounds = [west: number, south: number, east: number, north: number];

const netherlands: Bounds = [3.3, 50.75, 7.25, 53.55];

/** What holds every post; the Netherlands where there is none. */
export function boundsOf(judged: readonly JudgedShift[]): Bounds {
  if (judged.length === 0) return netherlands;
  const longitudes = judged.map(({ shift }) => shift.location.longitude);
  const latitudes = judged.map(({ shift }) => shift.location.latitude);
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
}
