create table sla_targets (
  id bigint generated always as identity primary key,
  client_id bigint,
  metric text not null constraint valid_metric check (
    metric in (
      'fill-rate', 'on-time', 'no-show', 'coverage', 'in-geofence', 'cancelled',
      'fill', 'late', 'acknowledge', 'on-scene', 'refill', 'arrive'
    )
  ),
  ratio double precision not null constraint valid_ratio check (ratio between 0 and 1),
  target_seconds integer constraint valid_target_seconds check (target_seconds > 0),
  valid_from date not null,
  set_by uuid references staff (id),
  reason text not null constraint valid_reason check (char_length(btrim(reason)) between 1 and 500),
  set_at timestamptz not null default now(),
  run_id uuid constraint target_of_one_run unique,
  constraint durations_have_seconds check (
    (metric in ('fill', 'late', 'acknowledge', 'on-scene', 'refill', 'arrive')) = (target_seconds is not null)
  ),
  constraint clients_have_setter check (client_id is null or set_by is not null),
  constraint past_stands check (set_by is null or valid_from >= (set_at at time zone 'Europe/Amsterdam')::date)
);
create index sla_targets_client_id_idx on sla_targets (client_id, metric, valid_from);
create index sla_targets_set_by_idx on sla_targets (set_by);
create unique index sla_targets_standard_idx on sla_targets (metric) where set_by is null;
grant select, insert (client_id, metric, ratio, target_seconds, valid_from, set_by, reason, run_id) on sla_targets to console_app;

insert into sla_targets (metric, ratio, target_seconds, valid_from, reason) values
  ('fill-rate', 0.98, null, '2000-01-01', 'House standard'),
  ('on-time', 0.95, null, '2000-01-01', 'House standard'),
  ('no-show', 0.01, null, '2000-01-01', 'House standard'),
  ('coverage', 0.98, null, '2000-01-01', 'House standard'),
  ('in-geofence', 0.95, null, '2000-01-01', 'House standard'),
  ('acknowledge', 0.9, 300, '2000-01-01', 'House standard');
