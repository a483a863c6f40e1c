create table alarms (
  id bigint generated always as identity primary key,
  shift_id bigint,
  kind text not null constraint valid_kind check (
    kind in ('outage', 'incident', 'no-show', 'unfilled', 'outside', 'late', 'stale', 'at-risk')
  ),
  cause text not null constraint valid_cause check (
    cause in ('outage', 'incident', 'absence', 'vacancy', 'departure', 'silence')
  ),
  severity text not null constraint valid_severity check (severity in ('warning', 'critical')),
  began_at timestamptz not null,
  raised_at timestamptz not null,
  escalated_at timestamptz,
  ended_at timestamptz,
  ending text constraint valid_ending check (ending in ('recovered', 'over', 'reassigned', 'outage', 'unwatched')),
  times integer not null default 1 constraint positive_times check (times >= 1),
  affected_count integer,
  has_signed_off boolean not null default false,
  guard_id bigint,
  guard_name text,
  client text,
  location_id bigint,
  location_name text,
  city text,
  time_zone text,
  shift_start_at timestamptz,
  shift_end_at timestamptz,
  summary text,
  acknowledged_by uuid references staff (id),
  acknowledged_at timestamptz,
  owner_id uuid references staff (id),
  snoozed_until timestamptz,
  note text,
  constraint shift_unless_outage check ((shift_id is null) = (kind = 'outage')),
  constraint ending_at_the_end check ((ended_at is null) = (ending is null)),
  constraint ends_after_it_began check (ended_at >= began_at),
  constraint acknowledged_by_somebody check ((acknowledged_by is null) = (acknowledged_at is null))
);
create unique index alarms_open_idx on alarms (coalesce(shift_id, 0), cause) where ended_at is null;
create index alarms_ended_at_id_idx on alarms (ended_at, id) where ended_at is not null;
create index alarms_shift_id_idx on alarms (shift_id);

create table alarm_clock (
  id boolean primary key default true constraint one_row check (id),
  judged_at timestamptz,
  revision bigint not null default 0
);
insert into alarm_clock default values;

grant select, insert, update, delete on alarms to console_app;
grant select, update on alarm_clock to console_app;
