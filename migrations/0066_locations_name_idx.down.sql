-- transaction: none
drop index concurrently if exists public.locations_name_idx;
