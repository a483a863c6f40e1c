do $$
declare
  console_role text;
begin
  foreach console_role in array array['console_read', 'console_ops', 'console_admin'] loop
    execute format('revoke connect on database %I from %I', current_database(), console_role);
    if shobj_description(to_regrole(console_role), 'pg_authid') = 'made by the migrations of SecuryFlex' then
      begin
        execute format('drop role %I', console_role);
      exception
        when dependent_objects_still_exist or insufficient_privilege then null; -- other databases use it
      end;
    end if;
  end loop;
end
$$;
