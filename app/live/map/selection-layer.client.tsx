import type { Feature, FeatureCollection } from "geojson";
import type { GeoJSONSource, Map as MapLibreMap } from "maplibre-gl";
import { useEffect } from "react";

import { labelFont, type MapColours } from "./basemap-style";
import { type Marks, pixelsAtZoom12 } from "./board-features";
import { toScale } from "./fence-layer.client";
import { useMapParts } from "./use-map-parts";

/** Where the guard of the selected shift was last, and how far the phone trusts that. */
export type LastPosition = { longitude: number; latitude: number; accuracyMeters: number | null };

/** The selected post on top of everything and in no cluster, with the last position and its circle of accuracy. */
export function SelectionLayer({
  map,
  selected,
  lastPosition,
  colours,
}: {
  map: MapLibreMap;
  selected: Marks;
  lastPosition: LastPosition | null;
  colours: MapColours;
}) {
  useMapParts(() => {
    map.addSource("selection", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    map.addLayer({
      id: "accuracy",
      type: "circle",
      source: "selection",
      filter: ["has", "accuracyPixels"],
      paint: {
        "circle-radius": toScale("accuracyPixels"),
        "circle-pitch-alignment": "map",
        "circle-color": colours.ink,
        "circle-opacity": 0.07,
        "circle-stroke-color": colours.ink,
        "circle-stroke-opacity": 0.55,
        "circle-stroke-width": 1,
      },
    });
    map.addLayer({
      id: "last-position",
      type: "circle",
      source: "selection",
      minzoom: 11,
      filter: ["==", ["get", "kind"], "position"],
      paint: {
        "circle-radius": 4,
        "circle-color": colours.ink,
        "circle-stroke-color": colours.plate,
        "circle-stroke-width": 1.5,
      },
    });
    map.addLayer({
      id: "selected-ring",
      type: "circle",
      source: "selection",
      filter: ["has", "state"],
      paint: {
        "circle-radius": 15,
        "circle-color": colours.plate,
        "circle-stroke-color": colours.accent,
        "circle-stroke-width": 2.5,
      },
    });
    map.addLayer({
      id: "selected",
      type: "symbol",
      source: "selection",
      filter: ["has", "state"],
      layout: {
        "icon-image": ["concat", "mark-", ["get", "state"]],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "text-field": ["get", "name"],
        "text-font": labelFont,
        "text-size": 12,
        "text-anchor": "top",
        "text-offset": [0, 1.5],
        "text-allow-overlap": true,
      },
      paint: { "text-color": colours.ink, "text-halo-color": colours.plate, "text-halo-width": 1.6 },
    });
    return () => {
      for (const id of ["selected", "selected-ring", "last-position", "accuracy"]) map.removeLayer(id);
      map.removeSource("selection");
    };
  }, [map, colours]);

  useEffect(() => {
    const position = lastPosition ? [toFeature(lastPosition)] : [];
    const all: FeatureCollection = { type: "FeatureCollection", features: [...position, ...selected.features] };
    map.getSource<GeoJSONSource>("selection")?.setData(all);
  }, [map, selected, lastPosition]);

  return null;
}

function toFeature({ longitude, latitude, accuracyMeters }: LastPosition): Feature {
  return {
    type: "Feature",
    geometry: { type: "Point", coordinates: [longitude, latitude] },
    properties: {
      kind: "position",
      ...(accuracyMeters !== null && { accuracyPixels: pixelsAtZoom12(accuracyMeters, latitude) }),
    },
  };
}
