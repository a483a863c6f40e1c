create table sla_reports (
  id uuid primary key,
  run_id uuid not null references operation_runs (id),
  client_id bigint not null,
  client_name text not null,
  kind text not null constraint valid_kind check (kind in ('weekly', 'monthly', 'other')),
  from_on date not null,
  until_on date not null,
  definition smallint not null,
  facts_as_of timestamptz not null,
  first_as_of timestamptz not null,
  unfrozen_shifts integer not null,
  is_final boolean not null,
  is_sent boolean not null,
  document text not null,
  digest text not null constraint valid_digest check (digest ~ '^[0-9a-f]{64}$'),
  size_bytes integer not null,
  made_at timestamptz not null default now(),
  filed_at timestamptz,
  file_name text,
  filing_failure text,
  constraint valid_period check (from_on <= until_on),
  constraint first_comes_first check (first_as_of <= facts_as_of),
  constraint final_has_all check (not is_final or unfrozen_shifts = 0),
  constraint filed_has_name check ((filed_at is null) = (file_name is null))
);
create index sla_reports_client_id_from_on_idx on sla_reports (client_id, from_on);
create index sla_reports_facts_as_of_idx on sla_reports (facts_as_of);
create index sla_reports_made_at_idx on sla_reports (made_at);
grant select, insert, update (filed_at, file_name, filing_failure) on sla_reports to console_app;
