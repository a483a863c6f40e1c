grant usage on schema public to console_read, console_ops;
do $$
begin
  if to_regnamespace('extensions') is not null and not has_schema_privilege('console_read', 'extensions', 'usage') then
    grant usage on schema extensions to console_read, console_ops, console_admin;
  end if;
end
$$;

grant select on
  organizations, users, locations, security_professionals, shifts, gps_checkins, incidents, finqle_transactions,
  notifications
to console_read, console_ops;

grant update (professional_id, status, cancel_reason, version, updated_at, assigned_at, cancelled_at)
  on shifts to console_ops;
grant update (acknowledged_at, on_scene_at, closed_at) on incidents to console_ops;
grant insert on finqle_transactions, notifications to console_ops;
grant update (id) on security_professionals to console_ops; -- for SELECT ... FOR UPDATE; its policy lets no row change

alter default privileges in schema public grant select on tables to console_read, console_ops;
alter default privileges in schema public grant all on tables to console_admin;
