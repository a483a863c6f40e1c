-- transaction: none
drop index concurrently if exists public.shifts_client_id_idx;
create index concurrently shifts_client_id_idx on public.shifts (client_id);
