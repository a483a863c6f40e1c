import type { ExpressionSpecification, Map as MapLibreMap } from "maplibre-gl";
import { useEffect } from "react";

import { labelFont, type MapColours } from "./basemap-style";
import { belowShifts, tileSource } from "./tile-source";
import { useMapParts } from "./use-map-parts";
import { verdictColours, verdictPaint } from "./verdict-paint";

/** A position older than this is drawn faint. */
export const oldPositionSeconds = 300;

/** The last position of each guard at work; where a tile has too many, how many stand together. */
export function PositionsLayer({ map, now, colours }: { map: MapLibreMap; now: Date; colours: MapColours }) {
  useMapParts(() => {
    map.addSource("positions", tileSource("positions"));
    const source = { source: "positions", "source-layer": "positions" };
    map.addLayer(
      {
        id: "positions",
        type: "circle",
        ...source,
        filter: ["has", "shift"],
        paint: {
          "circle-radius": ["interpolate", ["linear"], ["zoom"], 6, 2.5, 14, 5.5],
          ...verdictPaint(["get", "verdict"], colours),
        },
      },
      belowShifts,
    );
    map.addLayer(
      {
        id: "positions-together",
        type: "symbol",
        ...source,
        filter: ["has", "count"],
        layout: { "text-field": ["to-string", ["get", "count"]], "text-font": labelFont, "text-size": 11 },
        paint: { "text-color": colours.ink, "text-halo-color": verdictColours.uncertain, "text-halo-width": 2 },
      },
      belowShifts,
    );
    return () => {
      for (const id of ["positions", "positions-together"]) map.removeLayer(id);
      map.removeSource("positions");
    };
  }, [map, colours]);

  const oldBefore = Math.floor(now.getTime() / 1000) - oldPositionSeconds;
  useEffect(() => {
    if (!map.getLayer("positions")) return;
    const opacity: ExpressionSpecification = ["case", ["<", ["get", "at"], oldBefore], 0.4, 1];
    map.setPaintProperty("positions", "circle-opacity", opacity);
    map.setPaintProperty("positions", "circle-stroke-opacity", opacity);
  }, [map, oldBefore]);

  return null;
}
