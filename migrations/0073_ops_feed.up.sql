-- Unlogged: PostgreSQL empties it where a crash, a restore or a failover may have lost numbers of transactions.
create unlogged table ops_feed (
  is_only boolean primary key default true constraint only_one check (is_only),
  life uuid not null default gen_random_uuid(),
  pruned_xid xid8 not null default '0'
);
insert into ops_feed default values;

alter table ops_feed owner to console_admin;
alter table ops_feed enable row level security;
alter table ops_feed force row level security;
revoke all on ops_feed from public, anon, authenticated;
grant select on ops_feed to console_read, console_ops;
grant insert, update on ops_feed to console_ops;
create policy console_reads on ops_feed for select to console_read, console_ops using (true);
create policy console_begins on ops_feed for insert to console_ops with check (true);
create policy console_prunes on ops_feed for update to console_ops using (true) with check (true);
create policy console_administers on ops_feed to console_admin using (true) with check (true);

create function ops_feed_lineage() returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  system text;
begin
  if pg_is_in_recovery() then
    return null;
  end if;
  begin
    select system_identifier::text into system from pg_control_system();
  exception
    when insufficient_privilege then system := 'unknown';
  end;
  return format('%s-%s-%s', system, (select oid from pg_database where datname = current_database()),
    (select replace(life::text, '-', '') from public.ops_feed));
end
$$;
alter function ops_feed_lineage() owner to console_admin;
revoke execute on function ops_feed_lineage() from public, anon, authenticated;
grant execute on function ops_feed_lineage() to console_read, console_ops;
