-- transaction: none
drop index concurrently if exists public.shifts_professional_id_start_datetime_idx;
