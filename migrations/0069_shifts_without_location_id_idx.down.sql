-- transaction: none
drop index concurrently if exists public.shifts_location_id_idx;
create index concurrently shifts_location_id_idx on public.shifts (location_id);
