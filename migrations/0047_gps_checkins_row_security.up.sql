-- adopt: select relrowsecurity from pg_class where oid = to_regclass('public.gps_checkins')
alter table gps_checkins enable row level security;
alter table gps_checkins force row level security;

create policy guard_sees_own_checkins on gps_checkins for select to authenticated
  using (professional_id = (select current_user_professional()));
create policy guard_checks_in_on_own_open_shift on gps_checkins for insert to authenticated
  with check (
    professional_id = (select current_user_professional())
    and exists (
      select from shifts
      where shifts.id = gps_checkins.shift_id
        and shifts.professional_id = (select current_user_professional())
        and shifts.status in ('assigned', 'active')
    )
  );
