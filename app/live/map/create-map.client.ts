import {
  Map as MapLibreMap,
  NavigationControl,
  ScaleControl,
  type StyleSpecification,
  setWorkerUrl,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

import "maplibre-gl/dist/maplibre-gl.css";
import "./map.css";

import type { Camera } from "../map-view";
import type { MapColours } from "./basemap-style";
import { type Bounds, pixelsAtZoom12 } from "./board-features";
import { addMarkImages } from "./mark-images.client";

setWorkerUrl(workerUrl);

/**
 * A map in `container` with the basemap `style`, marks and controls, at `camera` or around `bounds`. Calls `onReady` once layers
 * can be added. Throws where the browser has no WebGL 2.
 */
export function createMap(
  container: HTMLElement,
  {
    style,
    colours,
    camera,
    bounds,
    onReady,
  }: {
    style: StyleSpecification;
    colours: MapColours;
    camera: Camera | null;
    bounds: Bounds;
    onReady: (map: MapLibreMap) => void;
  },
): MapLibreMap {
  if (!document.createElement("canvas").getContext("webgl2")) throw new Error("no WebGL 2");
  const isNarrow = container.clientWidth < 640;
  const map = new MapLibreMap({
    container,
    style,
    ...(camera ?? { bounds, fitBoundsOptions: fitOptions }),
    minZoom: 4.5,
    maxZoom: 18,
    maxBounds: [-12, 43, 24, 61],
    fadeDuration: 0,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: { compact: false },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-left");
  map.addControl(new ScaleControl({ maxWidth: 100, unit: "metric" }), isNarrow ? "top-right" : "bottom-left");
  map.once("style.load", () => {
    addMarkImages(map, colours);
    onReady(map);
  });
  // What is on screen is settled: tests and screenshots wait for it.
  map.on("idle", () => {
    container.dataset.idle = "true";
    container.dataset.shown = String(countShown(map));
  });
  for (const event of ["movestart", "dataloading"] as const) map.on(event, () => delete container.dataset.idle);
  return map;
}

/** What the panel of a selected shift covers at the right of a wide map. */
export function coveredPixels(map: MapLibreMap): number {
  return map.getContainer().clientWidth > 700 ? 360 : 0;
}

const fitOptions = { padding: 48, maxZoom: 12 };

export function fitTo(map: MapLibreMap, bounds: Bounds): void {
  map.fitBounds(bounds, fitOptions);
}

/** Brings a post so near that its fence fills a good part of the map. */
export function showFence(map: MapLibreMap, post: { longitude: number; latitude: number; radiusMeters: number }): void {
  const { longitude, latitude, radiusMeters } = post;
  const zoom = 12 + Math.log2(110 / pixelsAtZoom12(radiusMeters, latitude));
  map.easeTo({
    center: [longitude, latitude],
    zoom: Math.min(zoom, map.getMaxZoom()),
    offset: [-coveredPixels(map) / 2, 0],
  });
}

/** Shifts in sight, in a mark or within a cluster. */
function countShown(map: MapLibreMap): number {
  const layers = ["marks", "clusters", "selected"].filter((id) => map.getLayer(id));
  const shown = new Map<string, number>();
  for (const { layer, properties } of map.queryRenderedFeatures({ layers })) {
    shown.set(`${layer.id}:${properties.cluster_id ?? properties.id}`, Number(properties.point_count ?? 1));
  }
  return [...shown.values()].reduce((sum, count) => sum + count, 0);
}
