alter default privileges in schema public revoke all on tables from console_admin;
alter default privileges in schema public revoke select on tables from console_read, console_ops;

revoke update (id) on security_professionals from console_ops;
revoke insert on finqle_transactions, notifications from console_ops;
revoke update (acknowledged_at, on_scene_at, closed_at) on incidents from console_ops;
revoke update (professional_id, status, cancel_reason, version, updated_at, assigned_at, cancelled_at)
  on shifts from console_ops;

revoke select on
  organizations, users, locations, security_professionals, shifts, gps_checkins, incidents, finqle_transactions,
  notifications
from console_read, console_ops;

do $$
begin
  if to_regnamespace('extensions') is not null then
    revoke usage on schema extensions from console_read, console_ops, console_admin;
  end if;
end
$$;
revoke usage on schema public from console_read, console_ops;
