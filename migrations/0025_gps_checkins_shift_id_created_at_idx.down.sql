-- transaction: none
drop index concurrently if exists public.gps_checkins_shift_id_created_at_idx;
