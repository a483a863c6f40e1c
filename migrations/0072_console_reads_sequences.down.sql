alter default privileges in schema public revoke select on sequences from console_read;

do $$
declare
  sequence regclass;
begin
  for sequence in
    select oid from pg_class
    where relkind = 'S' and relnamespace = 'public'::regnamespace and pg_has_role(relowner, 'usage')
  loop
    execute format('revoke select on sequence %s from console_read', sequence);
  end loop;
end
$$;
