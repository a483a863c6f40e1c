-- adopt: select relrowsecurity from pg_class where oid = to_regclass('public.incidents')
alter table incidents enable row level security;
alter table incidents force row level security;

create policy parties_of_a_shift_see_its_incidents on incidents for select to authenticated
  using (
    exists (
      select from shifts
      where shifts.id = incidents.shift_id
        and (
          shifts.company_id = (select current_user_organization())
          or shifts.client_id = (select current_user_organization())
          or shifts.professional_id = (select current_user_professional())
        )
    )
  );
create policy guard_reports_incident_on_own_active_shift on incidents for insert to authenticated
  with check (
    exists (
      select from shifts
      where shifts.id = incidents.shift_id
        and shifts.professional_id = (select current_user_professional())
        and shifts.status = 'active'
    )
  );
