-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public.shifts_open_start_datetime_idx') and indisvalid)
drop index concurrently if exists public.shifts_open_start_datetime_idx;
create index concurrently shifts_open_start_datetime_idx on public.shifts (start_datetime) where status in ('active', 'assigned');
