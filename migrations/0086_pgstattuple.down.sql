do $$
begin
  if exists (
    select from pg_extension
    where extname = 'pgstattuple' and obj_description(oid, 'pg_extension') = 'bloat measured exactly, for the SecuryFlex console'
  ) then
    drop extension pgstattuple;
  end if;
end
$$;
