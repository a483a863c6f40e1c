-- adopt table: security_professionals (id bigint, user_id uuid, home_point geography, home_city, hourly_rate numeric, employment, vca_certificate jsonb, guard_pass_colour, guard_pass_valid_until timestamp with time zone, guard_pass_restriction, created_at timestamp with time zone)
create table security_professionals (
  id bigint generated always as identity primary key,
  user_id uuid not null constraint security_professionals_user_id_key unique references users (id),
  home_point geography(Point, 4326),
  home_city text,
  hourly_rate numeric(10, 2),
  employment text not null default 'zzp' constraint valid_employment check (employment in ('zzp', 'employee')),
  vca_certificate jsonb,
  guard_pass_colour text
    constraint valid_guard_pass_colour check (guard_pass_colour in ('grey', 'green', 'blue', 'yellow', 'orange')),
  guard_pass_valid_until timestamptz,
  guard_pass_restriction text,
  created_at timestamptz not null default now()
);
create index security_professionals_home_point_idx on security_professionals using gist (home_point);

grant select on security_professionals to authenticated;
