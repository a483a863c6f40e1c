-- adopt: select exists (select from pg_attribute where attrelid = to_regclass('public.shifts') and attname = 'overtime_rate' and not attisdropped)
alter table shifts add column overtime_rate numeric(10, 2) not null default 1.5;
