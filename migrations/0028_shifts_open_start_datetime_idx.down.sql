-- transaction: none
drop index concurrently if exists public.shifts_open_start_datetime_idx;
