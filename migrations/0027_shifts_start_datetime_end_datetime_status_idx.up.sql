-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public.shifts_start_datetime_end_datetime_status_idx') and indisvalid)
drop index concurrently if exists public.shifts_start_datetime_end_datetime_status_idx;
create index concurrently shifts_start_datetime_end_datetime_status_idx on public.shifts (start_datetime, end_datetime, status) include (company_id, client_id, location_id);
