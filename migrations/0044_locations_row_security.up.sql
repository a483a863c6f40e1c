-- adopt: select relrowsecurity from pg_class where oid = to_regclass('public.locations')
alter table locations enable row level security;
alter table locations force row level security;

create policy client_sees_own_locations on locations for select to authenticated
  using (organization_id = (select current_user_organization()));
create policy reader_of_a_shift_sees_its_location on locations for select to authenticated
  using (exists (select from shifts where shifts.location_id = locations.id)); -- as the policies of shifts let through
