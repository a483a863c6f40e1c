create table ops_last_positions (
  professional_id bigint primary key references security_professionals (id) on delete cascade,
  shift_id bigint not null references shifts (id) on delete cascade,
  checkin_id bigint not null,
  point geometry(Point, 3857) not null,
  accuracy_meters real,
  is_within_radius boolean,
  recorded_at timestamptz not null,
  created_at timestamptz not null
) with (fillfactor = 70); -- no index beside the key: every update stays on its page
alter table ops_last_positions owner to console_admin;

alter table ops_last_positions enable row level security;
alter table ops_last_positions force row level security;
create policy console_reads on ops_last_positions for select to console_read, console_ops using (true);
create policy console_administers on ops_last_positions to console_admin using (true) with check (true);

do $$
declare
  product_role text;
begin
  foreach product_role in array array['anon', 'authenticated', 'service_role'] loop
    if to_regrole(product_role) is not null then
      execute format('revoke all on ops_last_positions from %I', product_role);
    end if;
  end loop;
end
$$;
grant select on ops_last_positions to console_read, console_ops;

create function ops_keep_last_positions() returns trigger
language plpgsql security definer
set search_path = public, extensions, pg_temp
as $$
begin
  insert into ops_last_positions as kept
    (professional_id, shift_id, checkin_id, point, accuracy_meters, is_within_radius, recorded_at, created_at)
  select distinct on (professional_id)
    professional_id, shift_id, id, ST_Transform(gps_point::geometry, 3857), accuracy_meters, is_within_radius,
    recorded_at, created_at
  from inserted
  where abs(ST_Y(gps_point::geometry)) <= 85 and abs(ST_X(gps_point::geometry)) <= 180 -- what no map shows refuses no check-in
  order by professional_id, created_at desc, id desc
  on conflict (professional_id) do update set
    shift_id = excluded.shift_id,
    checkin_id = excluded.checkin_id,
    point = excluded.point,
    accuracy_meters = excluded.accuracy_meters,
    is_within_radius = excluded.is_within_radius,
    recorded_at = excluded.recorded_at,
    created_at = excluded.created_at
  where (excluded.created_at, excluded.checkin_id) >= (kept.created_at, kept.checkin_id);
  return null;
end
$$;
alter function ops_keep_last_positions() owner to console_admin;
revoke execute on function ops_keep_last_positions() from public;

create trigger ops_keep_last_positions
after insert on gps_checkins
referencing new table as inserted
for each statement
execute function ops_keep_last_positions();

-- Only shifts that run are shown, so older ones need no position.
insert into ops_last_positions
  (professional_id, shift_id, checkin_id, point, accuracy_meters, is_within_radius, recorded_at, created_at)
select distinct on (newest.professional_id)
  newest.professional_id, newest.shift_id, newest.id, ST_Transform(newest.gps_point::geometry, 3857),
  newest.accuracy_meters, newest.is_within_radius, newest.recorded_at, newest.created_at
from shifts
cross join lateral (
  select *
  from gps_checkins
  where gps_checkins.shift_id = shifts.id
    and abs(ST_Y(gps_point::geometry)) <= 85 and abs(ST_X(gps_point::geometry)) <= 180
  order by gps_checkins.created_at desc
  limit 1
) as newest
where shifts.start_datetime between now() - interval '3 days' and now() + interval '1 day'
order by newest.professional_id, newest.created_at desc, newest.id desc;
