-- What an operation of the console changed, written in the transaction that changed it. Part 0 stands for the run and
-- carries the number of the attempt that may still commit.
create table ops_operation_effects (
  run_id uuid not null,
  part smallint not null constraint valid_part check (part >= 0),
  operation text not null,
  attempt integer not null,
  at timestamptz not null default now(),
  shift_ids bigint[] not null default '{}',
  outcome jsonb,
  changes jsonb,
  undoes_run_id uuid,
  undoes_part smallint,
  primary key (run_id, part),
  constraint changes_with_outcome check ((outcome is null) = (changes is null)),
  constraint undoes_one_part check ((undoes_run_id is null) = (undoes_part is null))
);
create unique index ops_operation_effects_undoes_idx on ops_operation_effects (undoes_run_id, undoes_part);
create index ops_operation_effects_shift_ids_idx on ops_operation_effects using gin (shift_ids);
create index ops_operation_effects_at_idx on ops_operation_effects (at);

alter table ops_operation_effects owner to console_admin;
alter table ops_operation_effects enable row level security;
alter table ops_operation_effects force row level security;
revoke all on ops_operation_effects from public, anon, authenticated;
grant select on ops_operation_effects to console_read, console_ops;
grant insert, update, delete on ops_operation_effects to console_ops;
create policy console_reads on ops_operation_effects for select to console_read, console_ops using (true);
create policy console_records on ops_operation_effects for insert to console_ops with check (true);
create policy console_fences on ops_operation_effects for update to console_ops using (true) with check (true);
create policy console_prunes on ops_operation_effects for delete to console_ops using (true);
create policy console_administers on ops_operation_effects to console_admin using (true) with check (true);
