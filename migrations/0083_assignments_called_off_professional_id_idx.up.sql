-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public.assignments_called_off_professional_id_idx') and indisvalid)
drop index concurrently if exists public.assignments_called_off_professional_id_idx;
create index concurrently assignments_called_off_professional_id_idx on public.assignments (professional_id)
where ended_reason in ('sick', 'no-show', 'late cancellation');
