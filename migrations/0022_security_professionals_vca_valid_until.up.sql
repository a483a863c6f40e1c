-- adopt: select exists (select from pg_attribute where attrelid = to_regclass('public.security_professionals') and attname = 'vca_valid_until' and attgenerated = 's')
alter table security_professionals
  add column vca_valid_until timestamptz generated always as (certificate_valid_until(vca_certificate)) stored;
