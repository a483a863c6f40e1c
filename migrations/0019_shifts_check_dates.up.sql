-- adopt: select exists (select from pg_constraint where conrelid = to_regclass('public.shifts') and conname = 'check_dates')
alter table shifts add constraint check_dates check (end_datetime > start_datetime) not valid;
