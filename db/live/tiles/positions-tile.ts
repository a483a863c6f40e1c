import type { Sql } from "../../connections";
import { cellMeters, envelopeOf, envelopeWithMargin, mostPoints, type Tile, type TileQuery } from "./tile";

/**
 * Layer `positions`: where the guards of shifts that run at `asOf`, 30 minutes around them included, were last. No names.
 * A point has `shift`, `verdict` (inside, outside or uncertain) and `at`, seconds since 1970; a tile with more than
 * 3,000 has cells of 16 x 16 with `count` instead. One walk of shifts_start_datetime_end_datetime_status_idx beside
 * ops_last_positions, which has a row for each guard.
 */
export function positionsTile(sql: Sql, tile: Tile, { asOf }: { asOf: Date }): TileQuery {
  return sql`
    with found as materialized (
      select
        last.point, shifts.id as shift, extract(epoch from last.created_at)::bigint as at,
        case when last.is_within_radius then 'inside' when not last.is_within_radius then 'outside' else 'uncertain' end
          as verdict
      from shifts
      join ops_last_positions as last
        on last.professional_id = shifts.professional_id
        and last.shift_id = shifts.id
        and last.created_at between shifts.start_datetime - interval '30 minutes' and shifts.end_datetime + interval '30 minutes'
      where shifts.start_datetime between ${asOf}::timestamptz - interval '48.5 hours' and ${asOf}::timestamptz + interval '30 minutes'
        and shifts.end_datetime >= ${asOf}::timestamptz - interval '30 minutes'
        and shifts.status in ('assigned', 'active', 'completed')
        and last.created_at <= ${asOf}::timestamptz
        and last.point && ${envelopeWithMargin(sql, tile)}
    ),
    drawn as (
      select point, shift, verdict, at, null::integer as count, null::integer as outside
      from found
      where (select count(*) from found) <= ${mostPoints}
      union all
      select
        ST_Centroid(ST_Collect(point)), null, null, max(at), count(*)::integer,
        count(*) filter (where verdict = 'outside')::integer
      from found
      where (select count(*) from found) > ${mostPoints}
        and point && ${envelopeOf(sql, tile)}
      group by ST_SnapToGrid(point, ${cellMeters(tile)}::float8)
    )
    select ST_AsMVT(feature, 'positions', 4096, 'geom') as mvt
    from (
      select ST_AsMVTGeom(point, ${envelopeOf(sql, tile)}, 4096, 64) as geom, shift, verdict, at, count, outside
      from drawn
    ) as feature`;
}
