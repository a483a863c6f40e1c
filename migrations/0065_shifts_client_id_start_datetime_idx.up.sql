-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public.shifts_client_id_start_datetime_idx') and indisvalid)
drop index concurrently if exists public.shifts_client_id_start_datetime_idx;
create index concurrently shifts_client_id_start_datetime_idx on public.shifts (client_id, start_datetime);
