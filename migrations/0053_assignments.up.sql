-- adopt table: assignments (id bigint, shift_id bigint, professional_id bigint, began_at timestamp with time zone, began_reason text, ended_at timestamp with time zone, ended_reason text)
create table assignments (
  id bigint generated always as identity primary key,
  shift_id bigint not null references shifts (id) on delete cascade,
  professional_id bigint not null references security_professionals (id) on delete cascade,
  began_at timestamptz,
  began_reason text not null,
  ended_at timestamptz,
  ended_reason text,
  constraint valid_interval check (ended_at >= began_at),
  constraint reason_with_end check ((ended_at is null) = (ended_reason is null))
);
create unique index assignments_open_shift_id_idx on assignments (shift_id) where ended_at is null;
create index assignments_shift_id_began_at_idx on assignments (shift_id, began_at);
create index assignments_professional_id_began_at_idx on assignments (professional_id, began_at);

alter table assignments owner to console_admin;
grant select on assignments to authenticated, console_read;
grant select, insert, update (began_reason, ended_at, ended_reason) on assignments to console_ops;
