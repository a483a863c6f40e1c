-- What leaves the house, written in the transaction that changed something and sent afterwards, at least once. What has
-- one subject is sent in the order of its ids.
create table ops_deliveries (
  id bigint generated always as identity primary key,
  message_id uuid not null default gen_random_uuid(),
  subject text not null,
  type text not null,
  shift_id bigint,
  run_id uuid,
  user_id uuid,
  body jsonb not null,
  state text not null default 'waiting'
    constraint valid_state check (state in ('waiting', 'delivered', 'dead', 'lapsed')),
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  leased_until timestamptz,
  answered_status integer,
  failure text,
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  constraint ops_deliveries_message_id_key unique (message_id),
  constraint settled_when_not_waiting check ((state = 'waiting') = (settled_at is null))
);
create index ops_deliveries_waiting_due_at_idx on ops_deliveries (due_at) where state = 'waiting';
create index ops_deliveries_waiting_subject_id_idx on ops_deliveries (subject, id) where state = 'waiting';
create index ops_deliveries_dead_id_idx on ops_deliveries (id) where state = 'dead';
create index ops_deliveries_shift_id_id_idx on ops_deliveries (shift_id, id);
create index ops_deliveries_run_id_idx on ops_deliveries (run_id);
create index ops_deliveries_settled_at_idx on ops_deliveries (settled_at);

alter table ops_deliveries owner to console_admin;
alter table ops_deliveries enable row level security;
alter table ops_deliveries force row level security;
revoke all on ops_deliveries from public, anon, authenticated;
grant select on ops_deliveries to console_read, console_ops;
grant insert, update, delete on ops_deliveries to console_ops;
create policy console_reads on ops_deliveries for select to console_read, console_ops using (true);
create policy console_records on ops_deliveries for insert to console_ops with check (true);
create policy console_sends on ops_deliveries for update to console_ops using (true) with check (true);
create policy console_prunes on ops_deliveries for delete to console_ops using (true);
create policy console_administers on ops_deliveries to console_admin using (true) with check (true);
