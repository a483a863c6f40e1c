-- transaction: none
drop index concurrently if exists public.shifts_location_id_start_datetime_idx;
