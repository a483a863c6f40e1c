import type { Sql } from "../../connections";
import { envelopeOf, envelopeWithMargin, mostPoints, type Tile, type TileQuery } from "./tile";

/** From here on each location is a point; before, and where a tile holds more than 3,000, cells count them. */
const pointsFromZoom = 10;
const namesFromZoom = 12;

/**
 * Layer `locations`: where posts can be. A point has `id` and, from zoom 12, `name`; a cell of 16 x 16, equal in degrees, has `count` and
 * stands in the middle of what it counts. Out of locations_location_point_idx where the tile is smaller than the country.
 */
export function locationsTile(sql: Sql, tile: Tile): TileQuery {
  const areNamed = tile.zoom >= namesFromZoom;
  const most = tile.zoom >= pointsFromZoom ? mostPoints : 0;
  return sql`
    with found as materialized (
      select id, name, location_point::geometry as point
      from locations
      where location_point && ST_Transform(${envelopeWithMargin(sql, tile)}, 4326)::geography
    ),
    drawn as (
      select point, id, case when ${areNamed}::boolean then name end as name, null::integer as count
      from found
      where (select count(*) from found) <= ${most}
      union all
      select ST_Centroid(ST_Collect(point)), null, null, count(*)::integer
      from found
      where (select count(*) from found) > ${most}
        and point && ST_Transform(${envelopeOf(sql, tile)}, 4326)
      group by ST_SnapToGrid(point, ${360 / 2 ** tile.zoom / 16}::float8)
    )
    select ST_AsMVT(feature, 'locations', 4096, 'geom') as mvt
    from (
      select ST_AsMVTGeom(ST_Transform(point, 3857), ${envelopeOf(sql, tile)}, 4096, 64) as geom, id, name, count
      from drawn
    ) as feature`;
}
