create table audit_links (
  position bigint primary key constraint positive_position check (position >= 1),
  event_id bigint not null constraint audit_links_event_id_key unique references audit_events (id),
  hash bytea not null constraint sha256_hash check (octet_length(hash) = 32)
);

create function audit_link_append() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  last public.audit_links;
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('securyflex-console audit chain', 0));
  select * into last from public.audit_links order by position desc limit 1;
  insert into public.audit_links (position, event_id, hash)
  values (
    coalesce(last.position, 0) + 1,
    new.id,
    pg_catalog.sha256(
      coalesce(last.hash, ''::bytea) || pg_catalog.convert_to(
        pg_catalog.jsonb_build_object(
          'position', coalesce(last.position, 0) + 1, 'id', new.id,
          'at', (extract(epoch from new.at) * 1000000)::bigint, 'staffId', new.staff_id, 'action', new.action,
          'target', new.target, 'outcome', new.outcome, 'reason', new.reason, 'details', new.details,
          'requestId', new.request_id
        )::text,
        'UTF8'
      )
    )
  );
  return null;
end
$$;
revoke execute on function audit_link_append() from public;

do $$
declare
  event public.audit_events;
  last public.audit_links;
begin
  for event in select * from public.audit_events order by id loop
    insert into public.audit_links (position, event_id, hash)
    values (
      coalesce(last.position, 0) + 1,
      event.id,
      sha256(
        coalesce(last.hash, ''::bytea) || convert_to(
          jsonb_build_object(
            'position', coalesce(last.position, 0) + 1, 'id', event.id,
            'at', (extract(epoch from event.at) * 1000000)::bigint, 'staffId', event.staff_id, 'action', event.action,
            'target', event.target, 'outcome', event.outcome, 'reason', event.reason, 'details', event.details,
            'requestId', event.request_id
          )::text,
          'UTF8'
        )
      )
    )
    returning * into last;
  end loop;
end
$$;

create trigger audit_events_link after insert on audit_events for each row execute function audit_link_append();

create function audit_refuse_change() returns trigger
language plpgsql set search_path = ''
as $$
begin
  raise exception 'the audit trail is append-only: % of % was refused', lower(tg_op), tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;
revoke execute on function audit_refuse_change() from public;

create trigger audit_events_append_only before update or delete or truncate on audit_events
  for each statement execute function audit_refuse_change();
create trigger audit_links_append_only before update or delete or truncate on audit_links
  for each statement execute function audit_refuse_change();

grant select on audit_links to console_app;
