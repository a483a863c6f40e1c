-- transaction: none
-- adopt: select to_regclass('public.shifts_location_id_idx') is null
drop index concurrently if exists public.shifts_location_id_idx;
