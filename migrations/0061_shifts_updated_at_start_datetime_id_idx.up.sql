-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public.shifts_updated_at_start_datetime_id_idx') and indisvalid)
drop index concurrently if exists public.shifts_updated_at_start_datetime_id_idx;
create index concurrently shifts_updated_at_start_datetime_id_idx on public.shifts (updated_at, start_datetime, id) include (status, professional_id);
