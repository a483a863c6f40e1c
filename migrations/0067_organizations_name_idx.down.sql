-- transaction: none
drop index concurrently if exists public.organizations_name_idx;
