-- transaction: none
drop index concurrently if exists public.gps_checkins_accuracy_meters_idx;
