-- adopt: select exists (select from pg_extension where extname = 'pg_stat_statements')
do $$
begin
  if to_regnamespace('extensions') is null then
    create extension pg_stat_statements with schema public;
  else
    create extension pg_stat_statements with schema extensions;
  end if;
  comment on extension pg_stat_statements is 'statistics of statements, for the SecuryFlex console';
exception
  when insufficient_privilege or undefined_file or feature_not_supported then
    raise warning 'pg_stat_statements is not in this database: panels about queries say so until a superuser creates it';
end
$$;
