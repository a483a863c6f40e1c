-- adopt: select exists (select from pg_extension where extname = 'pgstattuple')
do $$
begin
  if to_regnamespace('extensions') is null then
    create extension pgstattuple with schema public;
  else
    create extension pgstattuple with schema extensions;
  end if;
  comment on extension pgstattuple is 'bloat measured exactly, for the SecuryFlex console';
exception
  when insufficient_privilege or undefined_file or feature_not_supported then
    raise warning 'pgstattuple is not in this database: bloat stays an estimate until a superuser creates it';
end
$$;
