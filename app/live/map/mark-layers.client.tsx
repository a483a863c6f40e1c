import type { ExpressionSpecification, GeoJSONSource, Map as MapLibreMap } from "maplibre-gl";
import { useEffect } from "react";

import { shiftStateNames } from "~/ui/state-marks";
import { rankOf, shiftStates } from "../../../db/rules/live/shift-states";
import { labelFont, type MapColours } from "./basemap-style";
import type { Marks } from "./board-features";
import { useMapParts } from "./use-map-parts";

const maxZoom = 18;
const empty: Marks = { type: "FeatureCollection", features: [] };

const imageByRank: ExpressionSpecification = [
  "concat",
  "mark-",
  ["at", ["get", "rank"], ["literal", [...shiftStates]]],
];
const countOf = (state: string): ExpressionSpecification => ["get", `count-${state}`];

/** "3 late": how many of the cluster are in its worst state; nothing where that asks for nobody. */
const worstCount = [
  "match",
  ["get", "rank"],
  ...shiftStates
    .filter((state) => rankOf(state) < rankOf("on-post"))
    .flatMap((state) => [
      rankOf(state),
      ["concat", "\n", ["to-string", countOf(state)], ` ${shiftStateNames[state].toLowerCase()}`],
    ]),
  "",
] as unknown as ExpressionSpecification;

const clusterProperties = {
  rank: ["min", ["get", "rank"]],
  ...Object.fromEntries(
    shiftStates.map((state) => [`count-${state}`, ["+", ["case", ["==", ["get", "state"], state], 1, 0]]]),
  ),
} as unknown as Record<string, [unknown, unknown]>;

/** The posts of the board: single marks, and clusters that carry their worst state and the counts. */
export function MarkLayers({ map, marks, colours }: { map: MapLibreMap; marks: Marks; colours: MapColours }) {
  useMapParts(() => {
    map.addSource("marks", {
      type: "geojson",
      data: empty,
      cluster: true,
      clusterRadius: 60,
      clusterMaxZoom: maxZoom,
      maxzoom: maxZoom + 1,
      clusterProperties,
    });
    const text = {
      "text-font": labelFont,
      "text-size": 11,
      "text-optional": true,
      "icon-allow-overlap": true,
      "symbol-sort-key": ["-", ["get", "rank"]] as ExpressionSpecification,
    };
    const paint = { "text-color": colours.ink, "text-halo-color": colours.plate, "text-halo-width": 1.4 };
    map.addLayer({
      id: "marks",
      type: "symbol",
      source: "marks",
      filter: ["!", ["has", "point_count"]],
      layout: {
        ...text,
        "icon-image": imageByRank,
        "text-field": ["step", ["zoom"], ["get", "note"], 12, ["concat", ["get", "name"], "\n", ["get", "note"]]],
        "text-anchor": "top",
        "text-offset": [0, 1.1],
        "text-max-width": 12,
      },
      paint,
    });
    map.addLayer({
      id: "clusters",
      type: "symbol",
      source: "marks",
      filter: ["has", "point_count"],
      layout: {
        ...text,
        "icon-image": imageByRank,
        "icon-size": 1.35,
        "text-allow-overlap": true,
        "text-field": [
          "format",
          ["get", "point_count_abbreviated"],
          { "font-scale": 1.15 },
          worstCount,
          { "font-scale": 0.9 },
        ],
        "text-anchor": "left",
        "text-justify": "left",
        "text-offset": [1.7, 0],
      },
      paint,
    });
    return () => {
      for (const id of ["marks", "clusters"]) map.removeLayer(id);
      map.removeSource("marks");
    };
  }, [map, colours]);

  useEffect(() => {
    map.getSource<GeoJSONSource>("marks")?.setData(marks);
  }, [map, marks]);

  return null;
}
