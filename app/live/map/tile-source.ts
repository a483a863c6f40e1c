import type { VectorSourceSpecification } from "maplibre-gl";

/** Deeper than this a tile of the console's own holds nothing more. */
const deepestTileZoom = 16;

/** Where the map finds the tiles of one dense layer. The answer says how long a tile stays fresh, and MapLibre asks again. */
export function tileSource(layer: string, search = ""): VectorSourceSpecification {
  return {
    type: "vector",
    tiles: [`${location.origin}/tiles/${layer}/{z}/{x}/{y}.mvt${search}`],
    minzoom: 4,
    maxzoom: deepestTileZoom,
  };
}

/** Dense layers lie below the shifts. */
export const belowShifts = "marks";
