do $$
begin
  if exists (
    select from pg_extension
    where extname = 'pg_stat_statements'
      and obj_description(oid, 'pg_extension') = 'statistics of statements, for the SecuryFlex console'
  ) then
    drop extension pg_stat_statements;
  end if;
end
$$;
