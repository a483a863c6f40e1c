-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public.locations_location_point_idx') and indisvalid)
drop index concurrently if exists public.locations_location_point_idx;
create index concurrently locations_location_point_idx on public.locations using gist (location_point);
