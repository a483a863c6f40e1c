-- transaction: none
drop index concurrently if exists public.shifts_end_datetime_start_datetime_id_idx;
