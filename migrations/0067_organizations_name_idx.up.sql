-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public.organizations_name_idx') and indisvalid)
drop index concurrently if exists public.organizations_name_idx;
create index concurrently organizations_name_idx on public.organizations (name);
