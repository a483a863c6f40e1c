-- adopt: select relrowsecurity from pg_class where oid = to_regclass('public.assignments')
alter table assignments enable row level security;
alter table assignments force row level security;

create policy parties_of_a_shift_see_its_assignments on assignments for select to authenticated
  using (
    exists (
      select from shifts
      where shifts.id = assignments.shift_id
        and (
          shifts.company_id = (select current_user_organization())
          or shifts.client_id = (select current_user_organization())
        )
    )
  );
create policy guard_sees_own_assignments on assignments for select to authenticated
  using (professional_id = (select current_user_professional()));

create policy console_reads on assignments for select to console_read, console_ops using (true);
create policy console_administers on assignments to console_admin using (true) with check (true);
create policy console_assigns on assignments for insert to console_ops with check (true);
create policy console_reassigns on assignments for update to console_ops using (true) with check (true);
