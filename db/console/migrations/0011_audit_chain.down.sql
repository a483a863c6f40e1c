drop table audit_links;
drop trigger audit_events_append_only on audit_events;
drop trigger audit_events_link on audit_events;
drop function audit_link_append();
drop function audit_refuse_change();
