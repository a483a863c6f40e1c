import type { FeatureCollection } from "geojson";
import type { GeoJSONSource, Map as MapLibreMap } from "maplibre-gl";
import { useEffect } from "react";

import type { TrailPosition } from "../checkins";
import type { MapColours } from "./basemap-style";
import { pixelsAtZoom12 } from "./board-features";
import { coveredPixels } from "./create-map.client";
import { toScale } from "./fence-layer.client";
import { useMapParts } from "./use-map-parts";

const marginPixels = 60;

/** The way of the guard who is followed, fading into the past, with the last position kept in view. */
export function TrailLayer({
  map,
  trail,
  colours,
}: {
  map: MapLibreMap;
  trail: readonly TrailPosition[];
  colours: MapColours;
}) {
  useMapParts(() => {
    map.addSource("trail", { type: "geojson", lineMetrics: true, data: { type: "FeatureCollection", features: [] } });
    map.addLayer({
      id: "trail-line",
      type: "line",
      source: "trail",
      filter: ["==", ["geometry-type"], "LineString"],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-width": 3,
        "line-gradient": [
          ...["interpolate", ["linear"], ["line-progress"]],
          ...[0, "rgba(74, 68, 196, 0.08)", 1, colours.accent],
        ] as never,
      },
    });
    map.addLayer({
      id: "trail-accuracy",
      type: "circle",
      source: "trail",
      filter: ["has", "accuracyPixels"],
      paint: {
        "circle-radius": toScale("accuracyPixels"),
        "circle-pitch-alignment": "map",
        "circle-color": colours.accent,
        "circle-opacity": 0.1,
        "circle-stroke-color": colours.accent,
        "circle-stroke-width": 1,
      },
    });
    map.addLayer({
      id: "trail-position",
      type: "circle",
      source: "trail",
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": 5.5,
        "circle-color": colours.accent,
        "circle-stroke-color": colours.plate,
        "circle-stroke-width": 2,
      },
    });
    return () => {
      for (const id of ["trail-position", "trail-accuracy", "trail-line"]) map.removeLayer(id);
      map.removeSource("trail");
    };
  }, [map, colours]);

  useEffect(() => {
    map.getSource<GeoJSONSource>("trail")?.setData(toFeatures(trail));
    map.getContainer().dataset.trail = String(trail.length);
    return () => {
      delete map.getContainer().dataset.trail;
    };
  }, [map, trail]);

  const last = trail.at(-1);
  const [longitude, latitude] = [last?.longitude, last?.latitude];
  useEffect(() => {
    if (longitude === undefined || latitude === undefined) return;
    const { clientWidth, clientHeight } = map.getContainer();
    const { x, y } = map.project([longitude, latitude]);
    const isInSight =
      x > marginPixels &&
      y > marginPixels &&
      x < clientWidth - coveredPixels(map) - marginPixels &&
      y < clientHeight - marginPixels;
    const zoom = Math.max(map.getZoom(), 13);
    if (!isInSight || zoom !== map.getZoom()) {
      map.easeTo({ center: [longitude, latitude], zoom, offset: [-coveredPixels(map) / 2, 0] });
    }
  }, [map, longitude, latitude]);

  return null;
}

function toFeatures(trail: readonly TrailPosition[]): FeatureCollection {
  const coordinates = trail.map(({ longitude, latitude }) => [longitude, latitude]);
  const last = trail.at(-1);
  return {
    type: "FeatureCollection",
    features: [
      ...(coordinates.length > 1
        ? [{ type: "Feature" as const, geometry: { type: "LineString" as const, coordinates }, properties: {} }]
        : []),
      ...(last
        ? [
            {
              type: "Feature" as const,
              geometry: { type: "Point" as const, coordinates: [last.longitude, last.latitude] },
              properties:
                last.accuracyMeters === null
                  ? {}
                  : { accuracyPixels: pixelsAtZoom12(last.accuracyMeters, last.latitude) },
            },
          ]
        : []),
    ],
  };
}
