create table evidence_links (
  id uuid primary key references operation_runs (id),
  shift_id bigint not null,
  recipient text not null constraint valid_recipient check (char_length(recipient) between 2 and 120),
  shared_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  opened_count integer not null default 0,
  last_opened_at timestamptz,
  constraint at_most_30_days check (expires_at > shared_at and expires_at <= shared_at + interval '30 days'),
  constraint opened_has_time check ((opened_count = 0) = (last_opened_at is null))
);
create index evidence_links_shift_id_idx on evidence_links (shift_id);
grant select, insert, update on evidence_links to console_app;
