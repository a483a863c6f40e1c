alter table alarm_clock drop column outage_since_at, drop column outage_held_at;
drop table unobserved_spans;
