-- adopt table: organizations (id bigint, name, kind, city, created_at timestamp with time zone)
create table organizations (
  id bigint generated always as identity primary key,
  name text not null,
  kind text not null constraint valid_kind check (kind in ('company', 'client')),
  city text,
  created_at timestamptz not null default now()
);

grant select on organizations to authenticated;
