create table saved_views (
  id bigint generated always as identity primary key,
  staff_id uuid not null references staff (id),
  room text not null constraint valid_room check (room in ('live', 'shifts')),
  name text not null constraint valid_name check (name = btrim(name) and char_length(name) between 1 and 60),
  search text not null constraint valid_search check (char_length(search) between 1 and 1000),
  is_shared boolean not null default false,
  created_at timestamptz not null default now(),
  constraint saved_views_staff_id_room_name_key unique (staff_id, room, name)
);
create index saved_views_shared_idx on saved_views (room) where is_shared;

grant select, insert, update, delete on saved_views to console_app;
