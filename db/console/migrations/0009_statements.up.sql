create table statement_texts (
  query_id bigint primary key,
  text text not null,
  first_seen_at timestamptz not null
);

create table statement_counters (
  query_id bigint not null,
  user_name text not null,
  calls double precision not null,
  exec_milliseconds double precision not null,
  rows double precision not null,
  read_blocks double precision not null,
  temporary_blocks double precision not null,
  wal_bytes double precision not null,
  primary key (query_id, user_name)
) with (fillfactor = 70);

create table statement_readings (
  is_only boolean primary key default true constraint only_row check (is_only),
  read_at timestamptz not null
);

create table statement_deltas (
  resolution_seconds integer not null,
  sampled_at timestamptz not null,
  query_id bigint not null,
  user_name text not null,
  calls double precision not null,
  exec_milliseconds double precision not null,
  rows double precision not null,
  read_blocks double precision not null,
  temporary_blocks double precision not null,
  wal_bytes double precision not null,
  primary key (resolution_seconds, sampled_at, query_id, user_name)
) partition by list (resolution_seconds);
create table statement_deltas_60 partition of statement_deltas for values in (60) partition by range (sampled_at);
create table statement_deltas_600 partition of statement_deltas for values in (600) partition by range (sampled_at);
create table statement_deltas_3600 partition of statement_deltas for values in (3600) partition by range (sampled_at);
create index statement_deltas_query_id_sampled_at_idx on statement_deltas (query_id, sampled_at);

grant select, insert, update, delete on statement_texts, statement_counters, statement_readings, statement_deltas
to console_app;
