-- What the schedule of the worker asks for has no person.
alter table operation_runs alter column requested_by drop not null;

create table backups (
  id text primary key,
  run_id uuid not null references operation_runs (id),
  source text not null,
  database_name text not null,
  server_version text not null,
  state text not null constraint valid_state check (state in ('taking', 'complete', 'failed', 'deleted')),
  began_at timestamptz not null default now(),
  snapshot_at timestamptz,
  duration_seconds double precision,
  size_bytes bigint,
  database_bytes bigint,
  row_count bigint,
  manifest_hash text,
  note text,
  deleted_at timestamptz,
  proof text not null default 'none' constraint valid_proof check (proof in ('none', 'proved', 'damaged', 'unknown')),
  proof_at timestamptz,
  proof_note text,
  proof_run_id uuid references operation_runs (id),
  restore_seconds double precision,
  constraint complete_is_measured check (
    state in ('taking', 'failed')
    or (snapshot_at is not null and duration_seconds is not null and size_bytes is not null
        and database_bytes is not null and row_count is not null and manifest_hash is not null)
  ),
  constraint deleted_has_time check ((state = 'deleted') = (deleted_at is not null)),
  constraint proof_has_time check ((proof = 'none') = (proof_at is null)),
  constraint proved_by_a_restore check (proof <> 'proved' or (restore_seconds is not null and proof_run_id is not null))
);
create index backups_source_snapshot_at_idx on backups (source, snapshot_at);
create index backups_run_id_idx on backups (run_id);
create index backups_proof_run_id_idx on backups (proof_run_id);
grant select, insert, update on backups to console_app;
