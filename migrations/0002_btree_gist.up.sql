-- adopt: select exists (select from pg_extension where extname = 'btree_gist')
do $$
begin
  if to_regnamespace('extensions') is null then
    create extension btree_gist with schema public;
  else
    create extension btree_gist with schema extensions;
  end if;
exception
  when insufficient_privilege then
    raise exception 'btree_gist is not in this database, and % may not create it: let a superuser run "create extension btree_gist" here', current_user;
end
$$;
