-- adopt table: gps_checkins (id bigint, shift_id bigint, professional_id bigint, kind, gps_point geography, accuracy_meters, is_within_radius boolean, recorded_at timestamp with time zone, created_at timestamp with time zone)
create table gps_checkins (
  id bigint generated always as identity primary key,
  shift_id bigint not null references shifts (id),
  professional_id bigint not null references security_professionals (id),
  kind text not null constraint valid_kind check (kind in ('in', 'ping', 'out')),
  gps_point geography(Point, 4326) not null,
  accuracy_meters real constraint valid_accuracy check (accuracy_meters > 0 and accuracy_meters <= 100),
  is_within_radius boolean,
  recorded_at timestamptz not null,
  created_at timestamptz not null default now()
);

grant select, insert on gps_checkins to authenticated;
