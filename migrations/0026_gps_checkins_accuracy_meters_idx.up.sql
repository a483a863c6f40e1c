-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public.gps_checkins_accuracy_meters_idx') and indisvalid)
drop index concurrently if exists public.gps_checkins_accuracy_meters_idx;
create index concurrently gps_checkins_accuracy_meters_idx on public.gps_checkins (accuracy_meters) where accuracy_meters is not null;
