-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public.shifts_end_datetime_start_datetime_id_idx') and indisvalid)
drop index concurrently if exists public.shifts_end_datetime_start_datetime_id_idx;
create index concurrently shifts_end_datetime_start_datetime_id_idx on public.shifts (end_datetime, start_datetime, id) include (status, professional_id);
