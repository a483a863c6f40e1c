-- transaction: none
drop index concurrently if exists public.shifts_hourly_rate_start_datetime_id_idx;
