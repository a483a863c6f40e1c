-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public.locations_name_idx') and indisvalid)
drop index concurrently if exists public.locations_name_idx;
create index concurrently locations_name_idx on public.locations (name);
