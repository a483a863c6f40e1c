create table ops_outbox (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  topic text not null constraint valid_topic check (topic in ('shift', 'checkin', 'incident', 'payment')),
  entity_id bigint not null,
  shift_id bigint not null,
  op text not null constraint valid_op check (op in ('insert', 'update', 'delete')),
  at timestamptz not null default now()
);
create index ops_outbox_xid_id_idx on ops_outbox (xid, id);

alter table ops_outbox owner to console_admin;
alter table ops_outbox enable row level security;
alter table ops_outbox force row level security;
revoke all on ops_outbox from public, anon, authenticated;
grant select on ops_outbox to console_read, console_ops;
grant delete on ops_outbox to console_ops;
create policy console_reads on ops_outbox for select to console_read, console_ops using (true);
create policy console_prunes on ops_outbox for delete to console_ops using (true);
create policy console_administers on ops_outbox to console_admin using (true) with check (true);
