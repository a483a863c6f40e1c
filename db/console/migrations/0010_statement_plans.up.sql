create table statement_plans (
  query_id bigint not null references statement_texts on delete cascade,
  fingerprint text not null,
  is_measured boolean not null,
  plan jsonb not null,
  server_version integer not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (query_id, fingerprint, is_measured)
);

grant select, insert, update, delete on statement_plans to console_app;
