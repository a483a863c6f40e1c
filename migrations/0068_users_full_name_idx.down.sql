-- transaction: none
drop index concurrently if exists public.users_full_name_idx;
