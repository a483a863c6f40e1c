create table ops_shift_history (
  id bigint generated always as identity primary key,
  shift_id bigint not null references shifts (id) on delete cascade,
  until_at timestamptz not null,
  status text not null,
  professional_id bigint,
  assigned_at timestamptz,
  start_datetime timestamptz not null,
  end_datetime timestamptz not null,
  location_id bigint not null,
  post text not null,
  is_reconstructed boolean not null default false
);
create index ops_shift_history_shift_id_until_at_idx on ops_shift_history (shift_id, until_at);
create index ops_shift_history_start_datetime_idx on ops_shift_history (start_datetime);
create index ops_shift_history_is_reconstructed_until_at_idx on ops_shift_history (is_reconstructed, until_at);

alter table ops_shift_history owner to console_admin;
alter table ops_shift_history enable row level security;
alter table ops_shift_history force row level security;
grant select on ops_shift_history to console_read;
grant select, delete on ops_shift_history to console_ops;

create policy console_reads on ops_shift_history for select to console_read, console_ops using (true);
create policy console_administers on ops_shift_history to console_admin using (true) with check (true);
create policy console_prunes on ops_shift_history for delete to console_ops using (true);
