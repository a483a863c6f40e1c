drop policy guard_reports_incident_on_own_active_shift on incidents;
drop policy parties_of_a_shift_see_its_incidents on incidents;
alter table incidents no force row level security;
alter table incidents disable row level security;
