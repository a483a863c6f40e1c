-- adopt: select exists (select from pg_attribute where attrelid = to_regclass('public.shifts') and attname = 'cancel_reason' and not attisdropped)
alter table shifts add column cancel_reason text;
