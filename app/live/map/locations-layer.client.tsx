import type { Map as MapLibreMap } from "maplibre-gl";

import { labelFont, type MapColours } from "./basemap-style";
import { belowShifts, tileSource } from "./tile-source";
import { useMapParts } from "./use-map-parts";

/** Every location where a post can be: counted far out, points from zoom 10, names from zoom 12. */
export function LocationsLayer({ map, colours }: { map: MapLibreMap; colours: MapColours }) {
  useMapParts(() => {
    map.addSource("locations", tileSource("locations"));
    const source = { source: "locations", "source-layer": "locations" };
    const text = { "text-font": labelFont, "text-size": 10.5 };
    map.addLayer(
      {
        id: "locations",
        type: "circle",
        ...source,
        paint: {
          "circle-radius": ["case", ["has", "count"], ["min", 12, ["+", 5, ["ln", ["get", "count"]]]], 2.75],
          "circle-color": colours.place,
          "circle-opacity": ["case", ["has", "count"], 0.28, 0.9],
          "circle-stroke-color": colours.plate,
          "circle-stroke-width": ["case", ["has", "count"], 0, 1],
        },
      },
      belowShifts,
    );
    map.addLayer(
      {
        id: "locations-together",
        type: "symbol",
        ...source,
        filter: ["has", "count"],
        layout: { ...text, "text-field": ["to-string", ["get", "count"]] },
        paint: { "text-color": colours.ink, "text-halo-color": colours.plate, "text-halo-width": 1 },
      },
      belowShifts,
    );
    map.addLayer(
      {
        id: "locations-names",
        type: "symbol",
        ...source,
        minzoom: 12,
        filter: ["has", "name"],
        layout: { ...text, "text-field": ["get", "name"], "text-anchor": "top", "text-offset": [0, 0.5] },
        paint: { "text-color": colours.place, "text-halo-color": colours.placeHalo, "text-halo-width": 1.2 },
      },
      belowShifts,
    );
    return () => {
      for (const id of ["locations", "locations-together", "locations-names"]) map.removeLayer(id);
      map.removeSource("locations");
    };
  }, [map, colours]);
  return null;
}
