-- adopt table: incidents (id bigint, shift_id bigint, severity, summary, reported_at timestamp with time zone, acknowledged_at timestamp with time zone, on_scene_at timestamp with time zone, closed_at timestamp with time zone)
create table incidents (
  id bigint generated always as identity primary key,
  shift_id bigint not null references shifts (id),
  severity text not null constraint valid_severity check (severity in ('low', 'medium', 'high', 'critical')),
  summary text not null,
  reported_at timestamptz not null default now(),
  acknowledged_at timestamptz,
  on_scene_at timestamptz,
  closed_at timestamptz
);
create index incidents_shift_id_idx on incidents (shift_id);
create index incidents_open_reported_at_idx on incidents (reported_at) where closed_at is null;

grant select, insert on incidents to authenticated;
