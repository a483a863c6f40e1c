create table panel_readings (
  panel text primary key,
  read_at timestamptz not null,
  took_milliseconds real,
  row_count integer,
  unjudged_count integer,
  measured jsonb not null default '[]',
  failure text,
  constraint failure_when_unread check ((failure is null) = (row_count is not null))
);

create table findings (
  id bigint generated always as identity primary key,
  panel text not null,
  subject text not null,
  severity text not null constraint valid_severity check (severity in ('warning', 'critical')),
  sentence text not null,
  value double precision not null,
  began_at timestamptz not null,
  last_seen_at timestamptz not null,
  ended_at timestamptz
);
create unique index findings_open_key on findings (panel, subject) where ended_at is null;
create index findings_ended_at_idx on findings (ended_at) where ended_at is not null;

create table panel_samples (
  resolution_seconds integer not null,
  sampled_at timestamptz not null,
  panel text not null,
  subject text not null,
  measured jsonb not null,
  primary key (resolution_seconds, panel, subject, sampled_at)
) partition by list (resolution_seconds);
create table panel_samples_60 partition of panel_samples for values in (60) partition by range (sampled_at);
create table panel_samples_600 partition of panel_samples for values in (600) partition by range (sampled_at);
create table panel_samples_3600 partition of panel_samples for values in (3600) partition by range (sampled_at);

-- One partition a day of every table <name>_<resolution in seconds>; what is older than its resolution is kept for goes
-- as a whole table, without a delete.
create function turn_sample_partitions(as_of timestamptz) returns void
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
revoke execute on function turn_sample_partitions(timestamptz) from public;
grant execute on function turn_sample_partitions(timestamptz) to console_app;

grant select, insert, update, delete on panel_readings, findings, panel_samples to console_app;
