-- adopt: select relrowsecurity from pg_class where oid = to_regclass('public.shifts')
alter table shifts enable row level security;
alter table shifts force row level security;

create policy company_sees_its_shifts on shifts for select to authenticated
  using (company_id = (select current_user_organization()));
create policy client_sees_its_shifts on shifts for select to authenticated
  using (client_id = (select current_user_organization()));
create policy guard_sees_published_shifts on shifts for select to authenticated
  using (status = 'published' and (select current_user_professional()) is not null);
create policy guard_sees_own_shifts on shifts for select to authenticated
  using (professional_id = (select current_user_professional()) and status in ('assigned', 'active', 'completed'));
