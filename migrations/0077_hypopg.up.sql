-- adopt: select exists (select from pg_extension where extname = 'hypopg')
do $$
begin
  if to_regnamespace('extensions') is null then
    create extension hypopg with schema public;
  else
    create extension hypopg with schema extensions;
  end if;
  comment on extension hypopg is 'indexes that only the planner sees, for the SecuryFlex console';
exception
  when insufficient_privilege or undefined_file or feature_not_supported then
    raise warning 'hypopg is not in this database: advice on indexes says so until a superuser creates it (Debian: postgresql-<version>-hypopg)';
end
$$;
