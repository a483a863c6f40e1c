-- adopt: select exists (select from pg_extension where extname = 'postgis')
do $$
begin
  if not exists (select from pg_available_extensions where name = 'postgis') then
    raise exception 'this server has no PostGIS: install its package (Debian: postgresql-<version>-postgis-3) first';
  end if;
  if to_regnamespace('extensions') is null then
    create extension postgis with schema public;
  else
    create extension postgis with schema extensions;
  end if;
exception
  when insufficient_privilege then
    raise exception 'PostGIS is not in this database, and % may not create it: let a superuser run "create extension postgis" here', current_user;
end
$$;
