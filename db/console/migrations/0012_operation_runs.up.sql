create table operation_runs (
  id uuid primary key,
  operation text not null,
  input jsonb not null,
  target text not null,
  server text not null,
  plan jsonb not null,
  digest text not null,
  risk text not null constraint valid_risk check (risk in ('low', 'medium', 'high', 'critical')),
  exclusive_key text not null,
  reason text,
  requested_by uuid not null references staff (id),
  requested_at timestamptz not null default now(),
  request_id text,
  state text not null constraint valid_state check (
    state in ('awaiting approval', 'queued', 'running', 'done', 'failed', 'cancelled', 'lapsed', 'interrupted')
  ),
  approved_by uuid references staff (id),
  approved_at timestamptz,
  cancel_requested_by uuid references staff (id),
  cancel_requested_at timestamptz,
  instance_id uuid,
  attempt integer not null default 0,
  started_at timestamptz,
  progress jsonb,
  ended_at timestamptz,
  outcome text,
  proof jsonb,
  constraint requester_approves_nothing check (approved_by <> requested_by),
  constraint critical_needs_approval check (
    risk <> 'critical' or approved_by is not null or state in ('awaiting approval', 'cancelled', 'lapsed')
  ),
  constraint outcome_at_the_end check (
    (state in ('awaiting approval', 'queued', 'running')) = (ended_at is null)
    and (ended_at is null) = (outcome is null)
  ),
  constraint running_somewhere check (state <> 'running' or (started_at is not null and attempt > 0))
);
create unique index operation_runs_exclusive_idx on operation_runs (exclusive_key) where state = 'running';
create index operation_runs_open_idx on operation_runs (requested_at)
  where state in ('awaiting approval', 'queued', 'running');
create index operation_runs_requested_at_idx on operation_runs (requested_at);

create table operation_log (
  id bigint generated always as identity primary key,
  run_id uuid not null references operation_runs (id),
  attempt integer not null,
  at timestamptz not null default clock_timestamp(),
  line text not null
);
create index operation_log_run_id_id_idx on operation_log (run_id, id);

create function operation_runs_keep_ended() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if old.ended_at is not null then
    raise exception 'operation run % has ended: its outcome is final', old.id using errcode = 'check_violation';
  end if;
  if new.attempt < old.attempt then
    raise exception 'operation run %: attempt % is over', old.id, new.attempt using errcode = 'check_violation';
  end if;
  return new;
end
$$;
revoke execute on function operation_runs_keep_ended() from public;
create trigger operation_runs_keep_ended before update on operation_runs
  for each row execute function operation_runs_keep_ended();

grant select, insert on operation_runs, operation_log to console_app;
grant update (state, approved_by, approved_at, cancel_requested_by, cancel_requested_at, instance_id, attempt,
              started_at, progress, ended_at, outcome, proof) on operation_runs to console_app;
