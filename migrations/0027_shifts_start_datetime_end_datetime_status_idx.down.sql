-- transaction: none
drop index concurrently if exists public.shifts_start_datetime_end_datetime_status_idx;
