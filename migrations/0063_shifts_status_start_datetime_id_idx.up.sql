-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public.shifts_status_start_datetime_id_idx') and indisvalid)
drop index concurrently if exists public.shifts_status_start_datetime_id_idx;
create index concurrently shifts_status_start_datetime_id_idx on public.shifts (status, start_datetime, id) include (professional_id);
