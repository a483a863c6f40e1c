import type { Sql } from "../../connections";
import type { Tile } from "./tile";

const squareZoom = 14;

/**
 * The number of the square of zoom 14 in which a check-in stands: its column and row in one integer. The same words
 * as gps_checkins_map_square_created_at_idx, or PostgreSQL does not use it.
 */
export function mapSquare(sql: Sql) {
  return sql`(floor((least(ST_X(gps_point::geometry), 180) + 180) / 360 * 16384)::integer << 14
    | floor((1 - asinh(tan(radians(least(ST_Y(gps_point::geometry), 90)))) / pi()) / 2 * 16384)::integer)`;
}

/** The square that holds a tile of zoom 14 or deeper. */
export function mapSquareOf({ zoom, x, y }: Tile): number {
  const finer = zoom - squareZoom;
  return ((x >> finer) << squareZoom) | (y >> finer);
}
