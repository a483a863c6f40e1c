revoke usage on schema auth from console_admin;
drop function current_user_organization();
