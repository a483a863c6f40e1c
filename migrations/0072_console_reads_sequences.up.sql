do $$
declare
  sequence regclass;
begin
  for sequence in
    select oid from pg_class
    where relkind = 'S' and relnamespace = 'public'::regnamespace and pg_has_role(relowner, 'usage')
  loop
    execute format('grant select on sequence %s to console_read', sequence);
  end loop;
end
$$;

alter default privileges in schema public grant select on sequences to console_read;
