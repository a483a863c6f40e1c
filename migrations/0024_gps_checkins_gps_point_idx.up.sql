-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public.gps_checkins_gps_point_idx') and indisvalid)
drop index concurrently if exists public.gps_checkins_gps_point_idx;
create index concurrently gps_checkins_gps_point_idx on public.gps_checkins using gist (gps_point);
