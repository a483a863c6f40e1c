-- adopt: select exists (select from pg_trigger where tgrelid = to_regclass('public.shifts') and tgname = 'shifts_version')
create function shifts_version() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end
$$;

create trigger shifts_version
before update on shifts
for each row
when (old.* is distinct from new.*)
execute function shifts_version();
