-- adopt: select to_regprocedure('public.current_user_organization()') is not null
create function current_user_organization() returns bigint
language sql stable security definer
set search_path = public, extensions, pg_temp
as $$
  select organization_id from users where id = (select auth.uid())
$$;
alter function current_user_organization() owner to console_admin;
revoke execute on function current_user_organization() from public;
grant execute on function current_user_organization() to authenticated;
grant usage on schema auth to console_admin;
