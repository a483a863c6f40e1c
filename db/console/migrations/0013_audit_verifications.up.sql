create table audit_verifications (
  slot timestamptz primary key,
  verified_at timestamptz not null default now(),
  event_count bigint not null,
  anchor_count integer not null,
  faults text[] not null
);
grant select, insert, update, delete on audit_verifications to console_app;
