-- transaction: none
drop index concurrently if exists public.shifts_client_id_start_datetime_idx;
