-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public.gps_checkins_map_square_created_at_idx') and indisvalid)
set search_path = public, extensions;
drop index concurrently if exists public.gps_checkins_map_square_created_at_idx;
-- Column and row of the map's zoom 14 in one integer. What is no place on earth has a square too, so that no check-in is refused.
create index concurrently gps_checkins_map_square_created_at_idx on public.gps_checkins (
  (floor((least(ST_X(gps_point::geometry), 180) + 180) / 360 * 16384)::integer << 14
   | floor((1 - asinh(tan(radians(least(ST_Y(gps_point::geometry), 90)))) / pi()) / 2 * 16384)::integer),
  created_at
);
reset search_path;
