create table worker_instances (
  id uuid primary key,
  host text not null,
  pid integer not null,
  started_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  stopped_at timestamptz
);

create table job_runs (
  id bigint generated always as identity primary key,
  job text not null,
  slot timestamptz not null,
  attempt integer not null constraint positive_attempt check (attempt >= 1),
  queue_id uuid not null,
  instance_id uuid not null references worker_instances (id) on delete cascade,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  outcome text constraint valid_outcome check (outcome in ('done', 'failed', 'lost', 'released')),
  note text,
  constraint job_runs_job_slot_attempt_key unique (job, slot, attempt),
  constraint outcome_at_the_end check ((ended_at is null) = (outcome is null))
);
create index job_runs_instance_id_idx on job_runs (instance_id);
create index job_runs_unended_idx on job_runs (job, slot) where ended_at is null;

create table server_samples (
  sampled_at timestamptz primary key,
  is_reachable boolean not null,
  response_milliseconds integer,
  size_bytes bigint,
  connections_used integer,
  connections_available integer,
  failure text,
  constraint failure_when_unreachable check (is_reachable = (failure is null))
);

create table feature_readings (
  feature text primary key,
  state text not null constraint valid_state check (state in ('available', 'limited', 'missing', 'unknown')),
  since timestamptz not null,
  read_at timestamptz not null
);

grant select, insert, update, delete on worker_instances, job_runs, server_samples, feature_readings to console_app;
