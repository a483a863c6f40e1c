import type { Sql } from "../../connections";
import { densityWindow } from "../../rules/live/density-window";
import { deepestCellZoom, storedZoomOf } from "./cell-zooms";
import { mapSquare, mapSquareOf } from "./map-square";
import { envelopeOf, mostPoints, type Tile, type TileQuery } from "./tile";

type Window = { hours: number; asOf: Date };

/**
 * Layer `density`: the check-ins of the last `hours` before `asOf`, of shifts and 30 minutes around them, by verdict
 * (`inside`, `outside`, `uncertain`; `count` is their sum). To zoom 13 squares of a 64 x 64 grid, counted beforehand
 * (ops_checkin_cells_pkey); from 14 on single points (gps_checkins_map_square_created_at_idx), and the squares of zoom
 * 13 where more than 3,000 are counted. No guard, no shift, no time.
 */
export function densityTile(sql: Sql, tile: Tile, window: Window): TileQuery {
  return tile.zoom <= deepestCellZoom ? countedTile(sql, tile, window) : singleTile(sql, tile, window);
}

function countedTile(sql: Sql, tile: Tile, window: Window): TileQuery {
  return sql`
    with counted as (${countedCells(sql, tile, window)})
    select ST_AsMVT(feature, 'density', 4096, 'geom') as mvt
    from (
      select ${square(sql, tile)} as geom, inside, outside, uncertain, inside + outside + uncertain as count
      from counted
    ) as feature`;
}

function singleTile(sql: Sql, tile: Tile, window: Window): TileQuery {
  const { since } = densityWindow(window.hours, window.asOf);
  return sql`
    with counted as materialized (${countedCells(sql, tile, window)}),
    known as (select coalesce(sum(inside + outside + uncertain), 0) as checkins from counted),
    drawn as (
      select
        ST_AsMVTGeom(ST_Transform(gps_point::geometry, 3857), ${envelopeOf(sql, tile)}, 4096, 0) as geom,
        (is_within_radius is true)::integer as inside,
        (is_within_radius is false)::integer as outside,
        (is_within_radius is null)::integer as uncertain
      from gps_checkins
      where (select checkins from known) <= ${mostPoints}
        and ${mapSquare(sql)} = ${mapSquareOf(tile)}::integer
        and gps_checkins.created_at between ${since}::timestamptz and ${window.asOf}::timestamptz
        and (
          select gps_checkins.created_at between start_datetime - interval '30 minutes' and end_datetime + interval '30 minutes'
          from shifts
          where shifts.id = gps_checkins.shift_id
        )
      union all
      select ${square(sql, tile)}, inside, outside, uncertain
      from counted
      where (select checkins from known) > ${mostPoints}
    )
    select ST_AsMVT(feature, 'density', 4096, 'geom') as mvt
    from (
      select geom, inside, outside, uncertain, inside + outside + uncertain as count
      from drawn
      where geom is not null -- beside the tile, in the same square of zoom 14
    ) as feature`;
}

/** Counts by column and row of the tile's own grid. */
function countedCells(sql: Sql, { zoom, x, y }: Tile, { hours, asOf }: Window) {
  const { since, cellHours } = densityWindow(hours, asOf);
  const stored = storedZoomOf(zoom);
  const finer = Math.max(0, stored - zoom);
  const grid = gridOf(zoom);
  const tilesOf = (at: number) =>
    finer > 0 ? Array.from({ length: 2 ** finer }, (_, step) => at * 2 ** finer + step) : [at >> (zoom - stored)];
  return sql`
    select gx, gy, sum(inside)::integer as inside, sum(outside)::integer as outside, sum(uncertain)::integer as uncertain
    from ops_checkin_cells
    cross join lateral (
      select
        ((tile_x * 64 + (cell & 63)) >> ${finer}::integer) - ${x * grid}::integer as gx,
        ((tile_y * 64 + (cell >> 6)) >> ${finer}::integer) - ${y * grid}::integer as gy
    ) as place
    where hours = ${cellHours}::smallint
      and zoom = ${stored}::smallint
      and tile_x in ${sql(tilesOf(x))}
      and tile_y in ${sql(tilesOf(y))}
      and at >= ${since}::timestamptz
      and gx between 0 and ${grid - 1}::integer
      and gy between 0 and ${grid - 1}::integer
    group by gx, gy`;
}

/** Cells along the side of a tile: 64, and half as many with each zoom beyond the deepest that is counted. */
function gridOf(zoom: number): number {
  return 64 / 2 ** Math.max(0, zoom - deepestCellZoom);
}

/** A cell as a polygon in the units of the tile, its ring as the format wants an outer one. */
function square(sql: Sql, { zoom }: Tile) {
  const size = 4096 / gridOf(zoom);
  return sql`
    ST_ForcePolygonCCW(ST_MakeEnvelope(gx * ${size}::integer, gy * ${size}::integer, (gx + 1) * ${size}::integer, (gy + 1) * ${size}::integer))`;
}
