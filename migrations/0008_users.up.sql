-- adopt table: users (id uuid, organization_id bigint, role, full_name, email, phone, created_at timestamp with time zone)
create table users (
  id uuid primary key default gen_random_uuid(),
  organization_id bigint references organizations (id),
  role text not null constraint valid_role check (role in ('company', 'client', 'zzp')),
  full_name text not null,
  email text not null constraint users_email_key unique,
  phone text,
  created_at timestamptz not null default now()
);
create index users_organization_id_idx on users (organization_id);

grant select on users to authenticated;
