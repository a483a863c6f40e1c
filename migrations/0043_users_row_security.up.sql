-- adopt: select relrowsecurity from pg_class where oid = to_regclass('public.users')
alter table users enable row level security;
alter table users force row level security;

create policy person_sees_own_row on users for select to authenticated
  using (id = (select auth.uid()));
