-- transaction: none
drop index concurrently if exists public.assignments_called_off_professional_id_idx;
