create or replace function turn_sample_partitions(as_of timestamptz) returns void
language plpgsql security definer
set search_path = pg_catalog, public
as $$
declare
  parent record;
  day date;
  part text;
begin
  for parent in
    select relname as name, case when relname ~ '_60$' then 2 when relname ~ '_600$' then 14 else 90 end as days
    from pg_partitioned_table join pg_class on pg_class.oid = partrelid
    where relnamespace = 'public'::regnamespace and relname ~ '_(60|600|3600)$'
  loop
    for day in select generate_series(as_of::date, as_of::date + 1, '1 day') loop
      part := format('%s_%s', parent.name, to_char(day, 'YYYYMMDD'));
      if to_regclass('public.' || part) is null then
        execute format(
          'create table public.%I partition of public.%I for values from (%L) to (%L)', part, parent.name,
          day::timestamptz, (day + 1)::timestamptz
        );
      end if;
    end loop;
    for part in
      select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
      where inhparent = ('public.' || parent.name)::regclass
        and right(relname, 8) < to_char(as_of::date - parent.days, 'YYYYMMDD')
    loop
      execute format('drop table public.%I', part);
    end loop;
  end loop;
end
$$;
alter function turn_sample_partitions(timestamptz) set timezone = 'UTC';
