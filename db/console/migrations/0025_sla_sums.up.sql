create table sla_sums (
  dimension text not null constraint valid_dimension
    check (dimension in ('hour', 'client', 'company', 'region', 'location')),
  key text not null,
  local_date date not null,
  live_shifts integer not null,
  corrected_shifts integer not null,
  shifts integer not null,
  slots integer not null,
  filled_slots integer not null,
  due integer not null,
  on_time integer not null,
  on_time_uncertain integer not null,
  no_show integer not null,
  no_show_uncertain integer not null,
  inside integer not null,
  outside integer not null,
  uncertain integer not null,
  draft integer not null,
  unpublished integer not null,
  withdrawn integer not null,
  unobserved integer not null,
  planned_seconds bigint not null,
  confirmed_seconds bigint not null,
  assumed_seconds bigint not null,
  unobserved_seconds bigint not null,
  published_shifts integer not null,
  cancelled bytea not null,
  durations bytea not null constraint whole_durations check (length(durations) % 4 = 0),
  primary key (dimension, key, local_date)
);
create index sla_sums_dimension_local_date_idx on sla_sums (dimension, local_date);

create table sla_names (
  dimension text not null constraint valid_dimension check (dimension in ('client', 'company', 'location')),
  key text not null,
  name text not null,
  told_at timestamptz not null,
  start_at timestamptz not null,
  primary key (dimension, key)
);

-- Adds up the standing facts of these dates anew, of all dates without an argument; may run as often as one likes.
-- A cancelled shift is one byte: 3 × who (client, guard, platform, unknown) + when (0 over 24 h, 1 from 2 h, 2 later).
-- A case is four bytes: 2^28 × its kind (fill, late, acknowledge, on-scene, refill, arrive) + seconds; 2^28 - 1 is never.
create function sla_sums_retell(dates date[] default null) returns void
language plpgsql security definer set search_path = pg_catalog, public
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('securyflex-console sla sums', 0));
  if dates is null then
    delete from sla_sums;
    delete from sla_names;
    dates := array(select local_date from sla_shift_facts union select local_date from sla_live_shift_facts);
  end if;
  delete from sla_sums
  where dimension in ('hour', 'client', 'company', 'region', 'location') and local_date = any(dates);
  insert into sla_sums
  with standing as (
    select frozen.*, false as is_live from sla_shift_facts as frozen
    where frozen.local_date = any(dates)
      and not exists (
        select from sla_shift_facts as later
        where later.shift_id = frozen.shift_id and later.sequence > frozen.sequence and later.sequence > 1
      )
    union all
    select live.*, true from sla_live_shift_facts as live
    where live.local_date = any(dates)
      and not exists (select from sla_shift_facts where sla_shift_facts.shift_id = live.shift_id)
  ), told as (
    select standing.*, coalesce(region, 'unknown') as place, left_out is null as is_counted,
           left_out is null or left_out = 'unobserved' as is_covered,
           case when cancelled_by is null then ''::bytea
             else set_byte('\x00'::bytea, 0, 3 * (array_position('{client,guard,platform,unknown}', cancelled_by) - 1)
               + case when notice_seconds > 86400 then 0 when notice_seconds >= 7200 then 1 else 2 end)
           end as cancellation,
           case when left_out is null then cases.packed end as packed
    from standing
    left join lateral (
      select string_agg(int4send(
               (kind << 28) + case when seconds is null then (1 << 28) - 1 else least(seconds, (1 << 28) - 2) end
             ), '') as packed
      from (values
        (0, fill_seconds), (1, late_seconds), (2, acknowledge_seconds),
        (3, on_scene_seconds), (4, refill_seconds), (5, arrive_seconds)
      ) as cases (kind, lasted), unnest(lasted) as seconds
    ) as cases on true
  )
  select case grouping(local_hour, client_id, company_id, place, location_id)
           when 15 then 'hour' when 23 then 'client' when 27 then 'company' when 29 then 'region' else 'location' end,
         coalesce(local_hour::text, client_id::text, company_id::text, place, location_id::text),
         local_date,
         count(*) filter (where is_live), count(*) filter (where sequence > 1), count(*),
         coalesce(sum(headcount) filter (where is_counted), 0),
         coalesce(sum(filled_slots) filter (where is_counted), 0),
         coalesce(sum(due) filter (where is_counted), 0),
         coalesce(sum(on_time) filter (where is_counted), 0),
         coalesce(sum(on_time_uncertain) filter (where is_counted), 0),
         coalesce(sum(no_show) filter (where is_counted), 0),
         coalesce(sum(no_show_uncertain) filter (where is_counted), 0),
         coalesce(sum(inside) filter (where is_counted), 0),
         coalesce(sum(outside) filter (where is_counted), 0),
         coalesce(sum(uncertain) filter (where is_counted), 0),
         count(*) filter (where left_out = 'draft'), count(*) filter (where left_out = 'unpublished'),
         count(*) filter (where left_out = 'withdrawn'), count(*) filter (where left_out = 'unobserved'),
         coalesce(sum(planned_seconds) filter (where is_covered), 0),
         coalesce(sum(confirmed_seconds) filter (where is_covered), 0),
         coalesce(sum(assumed_seconds) filter (where is_covered), 0),
         coalesce(sum(unobserved_seconds) filter (where is_covered), 0),
         count(*) filter (where left_out is null or left_out in ('withdrawn', 'unobserved')),
         coalesce(string_agg(cancellation, ''), ''), coalesce(string_agg(packed, ''), '')
  from told
  group by local_date, grouping sets ((local_hour), (client_id), (company_id), (place), (location_id));

  insert into sla_names
  select distinct on (1, 2)
         case grouping(client_id, company_id) when 1 then 'client' when 2 then 'company' else 'location' end,
         coalesce(client_id, company_id, location_id)::text, coalesce(client_name, company_name, location_name),
         max(frozen_at), max(start_at)
  from (
    select * from sla_shift_facts where local_date = any(dates)
    union all
    select * from sla_live_shift_facts where local_date = any(dates)
  ) as facts
  group by grouping sets ((client_id, client_name), (company_id, company_name), (location_id, location_name))
  order by 1, 2, 4 desc, 5 desc
  on conflict (dimension, key) do update
    set name = excluded.name, told_at = excluded.told_at, start_at = excluded.start_at
    where (excluded.told_at, excluded.start_at) > (sla_names.told_at, sla_names.start_at)
      and excluded.name <> sla_names.name;
end
$$;

-- Tells the sums of every date that these rows touch, and of the dates that their shifts had before.
create function sla_sums_follow() returns trigger
language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
  dates date[];
begin
  if tg_op = 'TRUNCATE' then
    perform sla_sums_retell();
    return null;
  end if;
  select array_agg(distinct local_date) into dates from (
    select local_date from changed
    union all
    select facts.local_date from changed join sla_shift_facts as facts using (shift_id)
    union all
    select live.local_date from changed join sla_live_shift_facts as live using (shift_id)
  ) as touched;
  perform sla_sums_retell(coalesce(dates, '{}'));
  return null;
end
$$;

create trigger sla_sums_after_insert after insert on sla_shift_facts
  referencing new table as changed for each statement execute function sla_sums_follow();
create trigger sla_sums_after_update after update on sla_shift_facts
  referencing new table as changed for each statement execute function sla_sums_follow();
create trigger sla_sums_after_delete after delete on sla_shift_facts
  referencing old table as changed for each statement execute function sla_sums_follow();
create trigger sla_sums_after_truncate after truncate on sla_shift_facts
  for each statement execute function sla_sums_follow();
create trigger sla_sums_after_insert after insert on sla_live_shift_facts
  referencing new table as changed for each statement execute function sla_sums_follow();
create trigger sla_sums_after_delete after delete on sla_live_shift_facts
  referencing old table as changed for each statement execute function sla_sums_follow();
create trigger sla_sums_after_truncate after truncate on sla_live_shift_facts
  for each statement execute function sla_sums_follow();

select sla_sums_retell();
grant select on sla_sums, sla_names to console_app;
revoke execute on function sla_sums_retell(date[]) from public;
grant execute on function sla_sums_retell(date[]) to console_app;
