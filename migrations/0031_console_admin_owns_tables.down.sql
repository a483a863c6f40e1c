do $$
declare
  former record;
begin
  for former in select * from console_migrations.former_owners loop
    execute format('alter table public.%I owner to %I', former.table_name, former.owner);
  end loop;
end
$$;

revoke usage, create on schema public from console_admin;
drop table console_migrations.former_owners;
