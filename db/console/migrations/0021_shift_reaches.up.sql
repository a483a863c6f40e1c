create table shift_reaches (
  shift_id bigint primary key,
  guard_id bigint,
  guard_name text,
  travel_seconds integer,
  can_count integer not null constraint counted_can check (can_count >= 0),
  no_return_at timestamptz not null,
  computed_at timestamptz not null,
  changed_at timestamptz not null,
  constraint best_has_a_way check ((guard_id is null) = (travel_seconds is null) and (guard_id is null) = (guard_name is null))
);
grant select, insert, update, delete on shift_reaches to console_app;
