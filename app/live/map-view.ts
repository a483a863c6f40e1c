import { densityHours, longestDensityHours } from "../../db/rules/live/density-window";
import { toggled } from "./toggled";

/** What the map can draw beside the shifts, from the bottom up. */
export const denseLayers = ["density", "locations", "positions"] as const;
export type DenseLayer = (typeof denseLayers)[number];

export type Camera = { center: [longitude: number, latitude: number]; zoom: number };

/** What the URL asks of the map. */
export type MapView = {
  layers: ReadonlySet<DenseLayer>;
  /** Window of the density, in hours. */
  hours: number;
  /** Null where the map finds its own place. */
  camera: Camera | null;
};

const usualHours = 24;

/** Reads `layers`, `window` and `map=<zoom>/<latitude>/<longitude>`; what cannot be read asks for nothing. */
export function readMapView(search: URLSearchParams): MapView {
  const asked = (search.get("layers") ?? "").split(",");
  const hours = search.get("window") ?? "";
  const isHours = /^[1-9]\d{0,3}$/.test(hours) && Number(hours) <= longestDensityHours;
  return {
    layers: new Set(denseLayers.filter((layer) => asked.includes(layer))),
    hours: isHours ? Number(hours) : usualHours,
    camera: readCamera(search.get("map") ?? ""),
  };
}

function readCamera(asked: string): Camera | null {
  const number = String.raw`(-?\d{1,3}(?:\.\d{1,6})?)`;
  const [, zoom, latitude, longitude] = new RegExp(`^${number}/${number}/${number}$`).exec(asked) ?? [];
  const camera: Camera = { center: [Number(longitude), Number(latitude)], zoom: Number(zoom) };
  const isOnEarth = Math.abs(camera.center[0]) <= 180 && Math.abs(camera.center[1]) <= 85;
  return zoom !== undefined && isOnEarth && camera.zoom >= 0 && camera.zoom <= 22 ? camera : null;
}

/** The search with some of the map changed; what is usual is left out of the address. */
export function changeMapView(search: URLSearchParams, { layers, hours, camera }: Partial<MapView>): URLSearchParams {
  const next = new URLSearchParams(search);
  const put = (name: string, value: string) => (value === "" ? next.delete(name) : next.set(name, value));
  if (layers) put("layers", denseLayers.filter((layer) => layers.has(layer)).join(","));
  if (hours !== undefined) put("window", hours === usualHours ? "" : String(hours));
  if (camera !== undefined) put("map", camera ? writeCamera(camera) : "");
  return next;
}

/** The search with one layer more to draw, or without it. */
export function toggleLayer(search: URLSearchParams, layer: DenseLayer): URLSearchParams {
  return changeMapView(search, { layers: toggled(readMapView(search).layers, layer) });
}

/** To a hundredth of a zoom and about a metre. */
function writeCamera({ center: [longitude, latitude], zoom }: Camera): string {
  return `${Number(zoom.toFixed(2))}/${latitude.toFixed(5)}/${longitude.toFixed(5)}`;
}

export const densityChoices = densityHours.map((hours) => ({
  value: String(hours),
  label: hours < 48 ? `Last ${hours} h` : `Last ${hours / 24} days`,
}));
