-- adopt table: notifications (id bigint, user_id uuid, type, data jsonb, created_at timestamp with time zone, read_at timestamp with time zone)
create table notifications (
  id bigint generated always as identity primary key,
  user_id uuid not null references users (id),
  type text not null,
  data jsonb not null default '{}',
  created_at timestamptz not null default now(),
  read_at timestamptz
);
create index notifications_user_id_created_at_idx on notifications (user_id, created_at);

grant select, update (read_at) on notifications to authenticated;
