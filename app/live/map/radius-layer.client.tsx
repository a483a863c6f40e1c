import type { FeatureCollection } from "geojson";
import type { GeoJSONSource, Map as MapLibreMap } from "maplibre-gl";
import { useEffect } from "react";

import type { NearAnswer } from "../near";
import type { MapColours } from "./basemap-style";
import { coveredPixels } from "./create-map.client";
import { circleAround } from "./ground-circle";
import { useMapParts } from "./use-map-parts";

/** The place that the list is searched around, with the radius to scale. A place that is asked for comes into sight. */
export function RadiusLayer({
  map,
  near,
  colours,
}: {
  map: MapLibreMap;
  near: NearAnswer | null;
  colours: MapColours;
}) {
  useMapParts(() => {
    map.addSource("radius", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    const beforeId = map.getLayer("marks") ? "marks" : undefined;
    const line = { "line-color": colours.accent, "line-width": 1.5, "line-dasharray": [4, 3] };
    map.addLayer(
      {
        id: "radius-area",
        type: "fill",
        source: "radius",
        paint: { "fill-color": colours.accent, "fill-opacity": 0.05 },
      },
      beforeId,
    );
    map.addLayer({ id: "radius-line", type: "line", source: "radius", paint: line }, beforeId);
    map.addLayer(
      {
        id: "radius-center",
        type: "circle",
        source: "radius",
        filter: ["==", ["geometry-type"], "Point"],
        paint: {
          "circle-radius": 4,
          "circle-color": colours.accent,
          "circle-stroke-color": colours.plate,
          "circle-stroke-width": 2,
        },
      },
      beforeId,
    );
    return () => {
      for (const id of ["radius-center", "radius-line", "radius-area"]) map.removeLayer(id);
      map.removeSource("radius");
    };
  }, [map, colours]);

  const { longitude, latitude } = near?.center ?? { longitude: null, latitude: null };
  const radiusMeters = near?.radiusMeters ?? 0;
  useEffect(() => {
    const all: FeatureCollection = { type: "FeatureCollection", features: [] };
    if (longitude !== null && latitude !== null) {
      const ring = circleAround([longitude, latitude], radiusMeters);
      all.features.push(
        { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } },
        { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [longitude, latitude] } },
      );
    }
    map.getSource<GeoJSONSource>("radius")?.setData(all);
  }, [map, longitude, latitude, radiusMeters]);

  const asked = near?.asked;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a guard who moves does not move the map.
  useEffect(() => {
    if (longitude === null || latitude === null) return;
    const ring = circleAround([longitude, latitude], radiusMeters);
    const [longitudes, latitudes] = [ring.map(([east]) => east), ring.map(([, north]) => north)];
    const bounds: [number, number, number, number] = [
      Math.min(...longitudes),
      Math.min(...latitudes),
      Math.max(...longitudes),
      Math.max(...latitudes),
    ];
    const sight = map.getBounds();
    const isInSight = sight.contains([bounds[0], bounds[1]]) && sight.contains([bounds[2], bounds[3]]);
    const isTiny = map.getZoom() < 7 && radiusMeters < 20_000;
    if (isInSight && !isTiny) return;
    map.fitBounds(bounds, { padding: { top: 48, bottom: 48, left: 48, right: 48 + coveredPixels(map) } });
  }, [map, asked, radiusMeters]);

  return null;
}
