create table audit_events (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  staff_id uuid references staff (id),
  action text not null,
  target text,
  outcome text not null constraint valid_outcome check (outcome in ('intent', 'done', 'refused', 'failed')),
  reason text,
  details jsonb not null default '{}',
  request_id text
);
create index audit_events_at_idx on audit_events (at);
create index audit_events_staff_id_at_idx on audit_events (staff_id, at);

grant select, insert on audit_events to console_app;
