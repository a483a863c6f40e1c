do $$
begin
  if exists (
    select from pg_extension
    where extname = 'hypopg' and obj_description(oid, 'pg_extension') = 'indexes that only the planner sees, for the SecuryFlex console'
  ) then
    drop extension hypopg;
  end if;
end
$$;
