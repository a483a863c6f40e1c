create function ops_outbox_append() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_argv[0] = 'shift' then
    insert into public.ops_outbox (topic, entity_id, shift_id, op)
    select 'shift', id, id, lower(tg_op) from changed;
  else
    insert into public.ops_outbox (topic, entity_id, shift_id, op)
    select tg_argv[0], id, shift_id, lower(tg_op) from changed;
  end if;
  return null;
end
$$;
alter function ops_outbox_append() owner to console_admin;
revoke execute on function ops_outbox_append() from public, anon, authenticated;

create trigger ops_outbox_insert
after insert on shifts referencing new table as changed
for each statement execute function ops_outbox_append('shift');

create trigger ops_outbox_update
after update on shifts referencing new table as changed
for each statement execute function ops_outbox_append('shift');

create trigger ops_outbox_delete
after delete on shifts referencing old table as changed
for each statement execute function ops_outbox_append('shift');

create trigger ops_outbox_insert
after insert on gps_checkins referencing new table as changed
for each statement execute function ops_outbox_append('checkin');

create trigger ops_outbox_insert
after insert on incidents referencing new table as changed
for each statement execute function ops_outbox_append('incident');

create trigger ops_outbox_update
after update on incidents referencing new table as changed
for each statement execute function ops_outbox_append('incident');

create trigger ops_outbox_insert
after insert on finqle_transactions referencing new table as changed
for each statement execute function ops_outbox_append('payment');

create trigger ops_outbox_update
after update on finqle_transactions referencing new table as changed
for each statement execute function ops_outbox_append('payment');
