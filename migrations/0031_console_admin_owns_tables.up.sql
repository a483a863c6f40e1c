-- VACUUM and CREATE INDEX belong to the owner before PostgreSQL 17; former owners keep all they could as members.
create table console_migrations.former_owners (
  table_name text primary key,
  owner text not null
);
insert into console_migrations.former_owners (table_name, owner)
select relname, pg_get_userbyid(relowner)
from pg_class
where relnamespace = 'public'::regnamespace
  and relkind in ('r', 'p')
  and relname in (
    'organizations', 'users', 'locations', 'security_professionals', 'shifts', 'gps_checkins', 'incidents',
    'finqle_transactions', 'notifications'
  );

grant usage, create on schema public to console_admin;

do $$
declare
  former record;
begin
  for former in
    select rolname as name
    from pg_roles
    where rolname in (select owner from console_migrations.former_owners union select current_user)
      and rolname <> 'console_admin'
      and not rolsuper
      and not pg_has_role(oid, 'console_admin', 'usage')
  loop
    execute format('grant console_admin to %I', former.name);
  end loop;
  for former in select table_name from console_migrations.former_owners loop
    execute format('alter table public.%I owner to console_admin', former.table_name);
  end loop;
end
$$;
