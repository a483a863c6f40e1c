-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public.shifts_hourly_rate_start_datetime_id_idx') and indisvalid)
drop index concurrently if exists public.shifts_hourly_rate_start_datetime_id_idx;
create index concurrently shifts_hourly_rate_start_datetime_id_idx on public.shifts (hourly_rate, start_datetime, id) include (status, professional_id);
