import type { ExpressionSpecification, Map as MapLibreMap } from "maplibre-gl";

import type { MapColours } from "./basemap-style";
import { densityColours, densitySteps } from "./density-steps";
import { belowShifts, tileSource } from "./tile-source";
import { useMapParts } from "./use-map-parts";
import { verdictPaint } from "./verdict-paint";

const verdictOfOne: ExpressionSpecification = [
  "case",
  ["==", ["get", "inside"], 1],
  "inside",
  ["==", ["get", "outside"], 1],
  "outside",
  "uncertain",
];

/** Where check-ins of the last `hours` were made: squares by how many, single ones near by. */
export function DensityLayer({
  map,
  hours,
  theme,
  colours,
}: {
  map: MapLibreMap;
  hours: number;
  theme: "light" | "dark";
  colours: MapColours;
}) {
  useMapParts(() => {
    map.addSource("density", tileSource("density", `?hours=${hours}`));
    const source = { source: "density", "source-layer": "density" };
    const beforeId = ["fences", "radius", belowShifts].find((id) => map.getLayer(id));
    const [lowest, ...deeper] = densityColours[theme];
    const steps = deeper.flatMap((colour, index) => [densitySteps[index + 1] as number, colour]);
    map.addLayer(
      {
        id: "density-squares",
        type: "fill",
        ...source,
        filter: ["==", ["geometry-type"], "Polygon"],
        paint: {
          "fill-color": ["step", ["get", "count"], lowest, ...steps] as ExpressionSpecification,
          "fill-opacity": 0.75,
          "fill-antialias": false,
        },
      },
      beforeId,
    );
    map.addLayer(
      {
        id: "density-points",
        type: "circle",
        ...source,
        filter: ["==", ["geometry-type"], "Point"],
        paint: {
          "circle-radius": ["interpolate", ["linear"], ["zoom"], 14, 2, 18, 4],
          "circle-opacity": 0.7,
          ...verdictPaint(verdictOfOne, colours),
        },
      },
      beforeId,
    );
    return () => {
      for (const id of ["density-squares", "density-points"]) map.removeLayer(id);
      map.removeSource("density");
    };
  }, [map, hours, theme, colours]);
  return null;
}
