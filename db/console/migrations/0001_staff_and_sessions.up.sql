do $$
begin
  create role console_app nologin;
exception
  when duplicate_object or unique_violation then null;
end
$$;

create table staff (
  id uuid primary key default gen_random_uuid(),
  email text not null constraint staff_email_key unique constraint lower_case_email check (email = lower(email)),
  full_name text not null,
  role text not null constraint valid_role check (role in ('ops', 'support', 'manager', 'dba', 'admin')),
  password_hash text not null,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);

create table sessions (
  id uuid primary key default gen_random_uuid(),
  token_hash bytea not null constraint sessions_token_hash_key unique,
  staff_id uuid not null references staff (id),
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  address inet,
  user_agent text
);
create index sessions_staff_id_idx on sessions (staff_id);
create index sessions_expires_at_idx on sessions (expires_at);

create table sign_in_attempts (
  id bigint generated always as identity primary key,
  email text not null,
  address inet,
  outcome text not null constraint valid_outcome check (outcome in ('signed in', 'wrong password', 'refused')),
  at timestamptz not null default now()
);
create index sign_in_attempts_email_at_idx on sign_in_attempts (email, at);
create index sign_in_attempts_address_at_idx on sign_in_attempts (address, at);

grant usage on schema public to console_app;
grant select, insert, update on staff, sessions to console_app;
grant delete on sessions to console_app;
grant select, insert, delete on sign_in_attempts to console_app;
