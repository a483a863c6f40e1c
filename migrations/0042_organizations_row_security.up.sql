-- adopt: select relrowsecurity from pg_class where oid = to_regclass('public.organizations')
alter table organizations enable row level security;
alter table organizations force row level security;

create policy member_sees_own_organization on organizations for select to authenticated
  using (id = (select current_user_organization()));
