-- transaction: none
drop index concurrently if exists public.shifts_updated_at_start_datetime_id_idx;
