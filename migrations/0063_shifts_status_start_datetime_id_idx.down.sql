-- transaction: none
drop index concurrently if exists public.shifts_status_start_datetime_id_idx;
