create table unobserved_spans (
  id bigint generated always as identity primary key,
  alarm_id bigint references alarms (id) on delete set null,
  shift_id bigint not null,
  guard_id bigint,
  from_at timestamptz not null,
  until_at timestamptz,
  constraint until_after_from check (until_at >= from_at)
);
create unique index unobserved_spans_open_idx on unobserved_spans (shift_id) where until_at is null;
create index unobserved_spans_shift_id_from_at_idx on unobserved_spans (shift_id, from_at);
create index unobserved_spans_alarm_id_idx on unobserved_spans (alarm_id);
grant select, insert, update, delete on unobserved_spans to console_app;

alter table alarm_clock
  add column outage_since_at timestamptz,
  add column outage_held_at timestamptz,
  add constraint outage_has_both check ((outage_since_at is null) = (outage_held_at is null));
