import { layers, namedFlavor } from "@protomaps/basemaps";
import { addProtocol, type LayerSpecification, type StyleSpecification } from "maplibre-gl";
import { PMTiles, Protocol, TileType } from "pmtiles";

import { labelFont } from "./basemap-style";

const protocol = new Protocol();
addProtocol("pmtiles", protocol.tile);

/**
 * A style for the PMTiles archive at `url`: the layers of Protomaps for vector tiles, the pictures themselves for
 * raster tiles. Throws where the archive cannot be read.
 */
export async function archiveStyle(url: string, theme: "light" | "dark"): Promise<StyleSpecification> {
  const archive = new PMTiles(url);
  protocol.add(archive);
  const { tileType, minZoom, maxZoom } = await archive.getHeader();
  const attribution = attributionOf(await archive.getMetadata());
  if (tileType === TileType.Mvt) {
    return {
      version: 8,
      sources: { basemap: { type: "vector", url: `pmtiles://${url}`, attribution } },
      layers: layers("basemap", namedFlavor(theme), { lang: "nl" }).map(withoutSprite),
    };
  }
  return {
    version: 8,
    sources: {
      basemap: {
        type: "raster",
        tiles: [`pmtiles://${url}/{z}/{x}/{y}`],
        tileSize: 256,
        minzoom: minZoom,
        maxzoom: maxZoom,
        attribution,
      },
    },
    layers: [{ id: "basemap", type: "raster", source: "basemap" }],
  };
}

/** Labels in the console's font, and no icons, which would have to come from another host. */
function withoutSprite(layer: LayerSpecification): LayerSpecification {
  if (layer.type !== "symbol") return layer;
  const { "icon-image": _, ...layout } = layer.layout ?? {};
  return { ...layer, layout: { ...layout, "text-font": labelFont } };
}

/** Its words without the markup, which comes from a file of somebody else's. */
function attributionOf(metadata: unknown): string {
  const written = String((metadata as { attribution?: unknown } | null)?.attribution ?? "");
  return written.replaceAll(/<[^>]*>?/g, "").trim() || "The archive names no source";
}
