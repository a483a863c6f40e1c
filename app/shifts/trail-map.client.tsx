import { type GeoJSONSource, LngLatBounds, Map as MapLibreMap, ScaleControl, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { useEffect, useRef, useState } from "react";

import "maplibre-gl/dist/maplibre-gl.css";

import { EmptyState } from "~/ui/empty-state";
import { type LoadBasemap, ringAround, type Trail, verdictColours } from "./trail";

setWorkerUrl(workerUrl);

const lines = { light: "#17171b", dark: "#ececef" };

/** The positions of a trail in their order, over the fence of the post. */
export default function TrailMap({
  trail,
  theme,
  loadBasemap,
}: {
  trail: Trail;
  theme: "light" | "dark";
  loadBasemap: LoadBasemap;
}) {
  const container = useRef<HTMLDivElement>(null);
  const [hasFailed, setHasFailed] = useState(false);
  // The trail of a shift is read once; a new one comes with a new page.
  const shown = useRef(trail);

  useEffect(() => {
    let map: MapLibreMap | undefined;
    let isGone = false;
    const open = async () => {
      const style = await loadBasemap(theme);
      if (isGone || !container.current) return;
      if (!document.createElement("canvas").getContext("webgl2")) throw new Error("no WebGL 2");
      map = openMap(container.current, { style, trail: shown.current, line: lines[theme] });
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
        It needs WebGL 2, which is missing or switched off. The table below holds the same positions.
      </EmptyState>
    );
  }
  return <div ref={container} data-trail-map className="h-full w-full" />;
}

function openMap(
  container: HTMLElement,
  { style, trail, line }: { style: Parameters<MapLibreMap["setStyle"]>[0]; trail: Trail; line: string },
): MapLibreMap {
  const fence = ringAround(trail.post, trail.post.radiusMeters);
  const places = trail.positions.map(({ point }): [number, number] => [point.longitude, point.latitude]);
  const bounds = [...fence, ...places].reduce((box, place) => box.extend(place), new LngLatBounds());
  const map = new MapLibreMap({
    container,
    style: style ?? undefined,
    bounds,
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
  map.once("style.load", () => {
    map.addSource("fence", { type: "geojson", data: feature({ type: "Polygon", coordinates: [fence] }) });
    map.addSource("path", { type: "geojson", data: feature({ type: "LineString", coordinates: places }) });
    map.addSource("positions", { type: "geojson", data: toFeatures(trail) });
    map.addLayer({
      id: "fence",
      type: "line",
      source: "fence",
      paint: { "line-color": line, "line-dasharray": [3, 2] },
    });
    map.addLayer({
      id: "path",
      type: "line",
      source: "path",
      paint: { "line-color": line, "line-width": 1, "line-opacity": 0.45 },
    });
    const colour = ["match", ["get", "verdict"], ...Object.entries(verdictColours).flat(), line] as unknown as string;
    map.addLayer({
      id: "positions",
      type: "circle",
      source: "positions",
      paint: {
        "circle-radius": 4,
        "circle-color": colour,
        "circle-opacity": ["case", ["==", ["get", "verdict"], "uncertain"], 0, 0.9],
        "circle-stroke-color": colour,
        "circle-stroke-width": 2,
      },
    });
  });
  // What is on screen is settled: tests and screenshots wait for it.
  map.on("idle", () => {
    container.dataset.shown = String(map.queryRenderedFeatures({ layers: ["positions"] }).length);
  });
  return map;
}

type Data = Parameters<GeoJSONSource["setData"]>[0];

function feature(geometry: object): Data {
  return { type: "Feature", properties: {}, geometry } as Data;
}

function toFeatures({ positions }: Trail): Data {
  return {
    type: "FeatureCollection",
    features: positions.map(({ verdict, point }) => ({
      type: "Feature" as const,
      properties: { verdict },
      geometry: { type: "Point" as const, coordinates: [point.longitude, point.latitude] },
    })),
  };
}
