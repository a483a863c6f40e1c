import { type GeoJSONSource, LngLatBounds, Map as MapLibreMap, ScaleControl, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { useEffect, useRef, useState } from "react";

import "maplibre-gl/dist/maplibre-gl.css";

import { EmptyState } from "~/ui/empty-state";
import type { LoadBasemap } from "./trail";

setWorkerUrl(workerUrl);

/** Longitude and latitude, degrees. */
export type Place = [longitude: number, latitude: number];
type Data = Parameters<GeoJSONSource["setData"]>[0];

/**
 * A map of a few things of one shift, fitted to `places`, which `draw` adds when the ground is there. What it shows is
 * drawn once: give it a key that changes with it. `layer` is the one whose features are counted for tests.
 */
export default function GroundMap({
  name,
  theme,
  loadBasemap,
  places,
  layer,
  draw,
}: {
  name: string;
  theme: "light" | "dark";
  loadBasemap: LoadBasemap;
  places: readonly Place[];
  layer: string;
  draw: (map: MapLibreMap) => void;
}) {
  const container = useRef<HTMLDivElement>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const shown = useRef({ places, layer, draw });

  useEffect(() => {
    let map: MapLibreMap | undefined;
    let isGone = false;
    const open = async () => {
      const style = await loadBasemap(theme);
      if (isGone || !container.current) return;
      if (!document.createElement("canvas").getContext("webgl2")) throw new Error("no WebGL 2");
      map = openMap(container.current, { style, ...shown.current });
    };
    open().catch(() => setHasFailed(true));
    return () => {
      isGone = true;
      map?.remove();
    };
  }, [theme, loadBasemap]);

  if (hasFailed) {
    return (
      <EmptyState title="This browser cannot draw the map">
        It needs WebGL 2, which is missing or switched off. The table below holds the same.
      </EmptyState>
    );
  }
  return <div ref={container} data-ground-map={name} className="h-full w-full" />;
}

function openMap(
  container: HTMLElement,
  {
    style,
    places,
    layer,
    draw,
  }: {
    style: Parameters<MapLibreMap["setStyle"]>[0];
    places: readonly Place[];
    layer: string;
    draw: (map: MapLibreMap) => void;
  },
): MapLibreMap {
  const map = new MapLibreMap({
    container,
    style: style ?? undefined,
    bounds: places.reduce((box, place) => box.extend(place), new LngLatBounds()),
    // The attribution covers the lower edge.
    fitBoundsOptions: { padding: { top: 24, right: 24, bottom: 56, left: 24 }, maxZoom: 17 },
    maxZoom: 18,
    fadeDuration: 0,
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: true,
    attributionControl: { compact: true },
  });
  map.addControl(new ScaleControl({ maxWidth: 90, unit: "metric" }), "bottom-left");
  map.once("style.load", () => draw(map));
  // What is on screen is settled: tests and screenshots wait for it.
  map.on("idle", () => {
    container.dataset.shown = String(map.queryRenderedFeatures({ layers: [layer] }).length);
  });
  return map;
}

export function shape(geometry: object): Data {
  return { type: "Feature", properties: {}, geometry } as Data;
}

/** Points with what each is drawn by. */
export function points(of: readonly { place: Place; properties: Record<string, string | number> }[]): Data {
  return {
    type: "FeatureCollection",
    features: of.map(({ place, properties }) => ({
      type: "Feature" as const,
      properties,
      geometry: { type: "Point" as const, coordinates: place },
    })),
  };
}
