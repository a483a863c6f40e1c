import type postgres from "postgres";

import type { Sql } from "../../connections";

/** A square of the map: zoom, column from the west, row from the north. */
export type Tile = { zoom: number; x: number; y: number };

/** A query for the bytes of one tile. It may be cancelled, and it may stand within an EXPLAIN. */
export type TileQuery = postgres.PendingQuery<{ mvt: Buffer }[]>;

export const deepestZoom = 18;

/** A tile holds at most this many points; where there are more, it holds cells that count them, and none is left out. */
export const mostPoints = 3_000;

/** The square in Web Mercator. */
export function envelopeOf(sql: Sql, { zoom, x, y }: Tile) {
  return sql`ST_TileEnvelope(${zoom}::integer, ${x}::integer, ${y}::integer)`;
}

/** The square and a 64th of its width around it: a point at its edge is drawn by both neighbours. */
export function envelopeWithMargin(sql: Sql, { zoom, x, y }: Tile) {
  return sql`ST_TileEnvelope(${zoom}::integer, ${x}::integer, ${y}::integer, margin => 64.0 / 4096)`;
}

/** A sixteenth of the tile, in meters of Web Mercator. */
export function cellMeters({ zoom }: Tile): number {
  return 40_075_016.685_578_49 / 2 ** zoom / 16;
}
