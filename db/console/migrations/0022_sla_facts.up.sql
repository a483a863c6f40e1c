create table sla_shift_facts (
  shift_id bigint not null,
  sequence integer not null constraint valid_sequence check (sequence >= 1),
  definition smallint not null,
  frozen_at timestamptz not null,
  correction_reason text,
  digest text not null,
  company_id bigint not null,
  company_name text not null,
  client_id bigint not null,
  client_name text not null,
  location_id bigint not null,
  location_name text not null,
  region text,
  time_zone text not null,
  local_date date not null,
  local_hour smallint not null,
  start_at timestamptz not null,
  end_at timestamptz not null,
  headcount integer not null,
  status text not null,
  left_out text,
  published_at timestamptz,
  accepted_at timestamptz,
  fill_seconds integer[] not null,
  filled_slots integer not null,
  cancelled_at timestamptz,
  cancelled_by text,
  notice_seconds integer,
  due integer not null,
  on_time integer not null,
  on_time_uncertain integer not null,
  no_show integer not null,
  no_show_uncertain integer not null,
  late_seconds integer[] not null,
  inside integer not null,
  outside integer not null,
  uncertain integer not null,
  planned_seconds integer not null,
  confirmed_seconds integer not null,
  assumed_seconds integer not null,
  unobserved_seconds integer not null,
  acknowledge_seconds integer[] not null,
  on_scene_seconds integer[] not null,
  refill_seconds integer[] not null,
  arrive_seconds integer[] not null,
  shift_version integer not null,
  checkin_count integer not null,
  primary key (shift_id, sequence),
  constraint correction_has_reason check ((sequence > 1) = (correction_reason is not null)),
  constraint valid_left_out check (left_out in ('draft', 'unpublished', 'withdrawn', 'unobserved')),
  constraint valid_cancelled_by check (cancelled_by in ('client', 'guard', 'platform', 'unknown')),
  constraint cancelled_has_all check (
    (cancelled_by is null) = (cancelled_at is null) and (cancelled_by is null) = (notice_seconds is null)
  )
);
create index sla_shift_facts_local_date_idx on sla_shift_facts (local_date);
create index sla_shift_facts_client_id_local_date_idx on sla_shift_facts (client_id, local_date);
create index sla_shift_facts_location_id_local_date_idx on sla_shift_facts (location_id, local_date);
create index sla_shift_facts_start_at_idx on sla_shift_facts (start_at);
create index sla_shift_facts_corrections_idx on sla_shift_facts (shift_id, sequence) where sequence > 1;

create table sla_assignment_facts (
  shift_id bigint not null,
  sequence integer not null,
  position smallint not null,
  guard_id bigint not null,
  began_at timestamptz,
  ended_at timestamptz,
  ended_reason text,
  is_due boolean not null,
  first_in_at timestamptz,
  late_seconds integer,
  arrival text not null constraint valid_arrival check (arrival in ('not due', 'on time', 'late', 'no-show')),
  proven_arrival text not null
    constraint valid_proven_arrival check (proven_arrival in ('not due', 'on time', 'late', 'no-show')),
  inside integer not null,
  outside integer not null,
  uncertain integer not null,
  confirmed_spans tstzmultirange not null,
  assumed_spans tstzmultirange not null,
  primary key (shift_id, sequence, position),
  foreign key (shift_id, sequence) references sla_shift_facts on delete cascade
);
create index sla_assignment_facts_guard_id_idx on sla_assignment_facts (guard_id);

create table sla_live_shift_facts (
  like sla_shift_facts including defaults including constraints,
  primary key (shift_id)
);
create index sla_live_shift_facts_local_date_idx on sla_live_shift_facts (local_date);

create table sla_progress (
  id boolean primary key default true constraint only_one check (id),
  frozen_until timestamptz,
  live_at timestamptz
);

grant select, insert on sla_shift_facts, sla_assignment_facts to console_app;
grant select, insert, delete on sla_live_shift_facts to console_app;
grant select, insert, update on sla_progress to console_app;
