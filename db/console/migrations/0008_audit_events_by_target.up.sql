create index audit_events_target_at_idx on audit_events (target, at);
