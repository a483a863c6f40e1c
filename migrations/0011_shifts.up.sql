-- adopt table: shifts (id bigint, company_id bigint, client_id bigint, location_id bigint, professional_id bigint, post, status, start_datetime timestamp with time zone, end_datetime timestamp with time zone, headcount integer, hourly_rate numeric, published_at timestamp with time zone, assigned_at timestamp with time zone, cancelled_at timestamp with time zone, version integer, created_at timestamp with time zone, updated_at timestamp with time zone)
create table shifts (
  id bigint generated always as identity primary key,
  company_id bigint not null references organizations (id),
  client_id bigint not null references organizations (id),
  location_id bigint not null references locations (id) on delete restrict,
  professional_id bigint references security_professionals (id),
  post text not null default 'Object security',
  status text not null default 'draft'
    constraint valid_status check (status in ('draft', 'published', 'assigned', 'active', 'completed', 'cancelled')),
  start_datetime timestamptz not null,
  end_datetime timestamptz not null,
  headcount integer not null default 1 constraint valid_headcount check (headcount >= 1),
  hourly_rate numeric(10, 2) not null constraint valid_hourly_rate check (hourly_rate between 15.00 and 500.00),
  published_at timestamptz,
  assigned_at timestamptz,
  cancelled_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index shifts_company_id_idx on shifts (company_id);
create index shifts_client_id_idx on shifts (client_id);
create index shifts_location_id_idx on shifts (location_id);

grant select on shifts to authenticated;
