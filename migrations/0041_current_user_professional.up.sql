-- adopt: select to_regprocedure('public.current_user_professional()') is not null
create function current_user_professional() returns bigint
language sql stable security definer
set search_path = public, extensions, pg_temp
as $$
  select id from security_professionals where user_id = (select auth.uid())
$$;
alter function current_user_professional() owner to console_admin;
revoke execute on function current_user_professional() from public;
grant execute on function current_user_professional() to authenticated;
