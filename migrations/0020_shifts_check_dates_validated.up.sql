-- adopt: select exists (select from pg_constraint where conrelid = to_regclass('public.shifts') and conname = 'check_dates' and convalidated)
alter table shifts validate constraint check_dates;
