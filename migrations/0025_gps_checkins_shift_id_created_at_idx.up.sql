-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public.gps_checkins_shift_id_created_at_idx') and indisvalid)
drop index concurrently if exists public.gps_checkins_shift_id_created_at_idx;
create index concurrently gps_checkins_shift_id_created_at_idx on public.gps_checkins (shift_id, created_at) include (gps_point, is_within_radius);
