-- adopt: select relrowsecurity from pg_class where oid = to_regclass('public.security_professionals')
alter table security_professionals enable row level security;
alter table security_professionals force row level security;

create policy guard_sees_own_profile on security_professionals for select to authenticated
  using (user_id = (select auth.uid()));
