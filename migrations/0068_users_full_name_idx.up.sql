-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public.users_full_name_idx') and indisvalid)
drop index concurrently if exists public.users_full_name_idx;
create index concurrently users_full_name_idx on public.users (full_name);
