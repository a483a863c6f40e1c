-- transaction: none
drop index concurrently if exists public.gps_checkins_gps_point_idx;
