import type { ExpressionSpecification, GeoJSONSource, Map as MapLibreMap } from "maplibre-gl";
import { useEffect } from "react";

import type { MapColours } from "./basemap-style";
import type { Marks } from "./board-features";
import { useMapParts } from "./use-map-parts";

/** A circle that is to scale on the ground, from its pixels at zoom 12. */
export function toScale(property: string): ExpressionSpecification {
  return ["interpolate", ["exponential", 2], ["zoom"], 12, ["get", property], 22, ["*", ["get", property], 1024]];
}

/** The fences of the posts, to scale, from zoom 12. */
export function FenceLayer({ map, marks, colours }: { map: MapLibreMap; marks: Marks; colours: MapColours }) {
  useMapParts(() => {
    map.addSource("fences", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    const beforeId = map.getLayer("marks") ? "marks" : undefined;
    map.addLayer(
      {
        id: "fences",
        type: "circle",
        source: "fences",
        minzoom: 12,
        paint: {
          "circle-radius": toScale("fencePixels"),
          "circle-pitch-alignment": "map",
          "circle-color": colours.accent,
          "circle-opacity": 0.08,
          "circle-stroke-color": colours.accent,
          "circle-stroke-opacity": 0.6,
          "circle-stroke-width": 1,
        },
      },
      beforeId,
    );
    return () => {
      map.removeLayer("fences");
      map.removeSource("fences");
    };
  }, [map, colours]);

  useEffect(() => {
    map.getSource<GeoJSONSource>("fences")?.setData(marks);
  }, [map, marks]);

  return null;
}
