-- Roles and their settings belong to the whole server: another database may have made them.
do $$
declare
  wanted record;
  setting text;
begin
  for wanted in
    select *
    from (values
      ('console_read', 60, array[
        'search_path=public, extensions', 'default_transaction_read_only=on', 'statement_timeout=5s',
        'lock_timeout=500ms', 'idle_in_transaction_session_timeout=10s', 'jit=off']),
      ('console_ops', 40, array[
        'search_path=public, extensions', 'statement_timeout=15s', 'lock_timeout=2s',
        'idle_in_transaction_session_timeout=30s', 'jit=off']),
      ('console_admin', 20, array['search_path=public, extensions', 'idle_in_transaction_session_timeout=60s'])
    ) as wanted (name, connections, settings)
  loop
    if to_regrole(wanted.name) is null then
      begin
        execute format('create role %I nologin', wanted.name);
        execute format('comment on role %I is %L', wanted.name, 'made by the migrations of SecuryFlex');
      exception
        when duplicate_object or unique_violation then null;
      end;
    end if;
    if not exists (
      select from pg_roles
      where rolname = wanted.name and rolconnlimit = wanted.connections and rolconfig @> wanted.settings
    ) then
      execute format('alter role %I connection limit %s', wanted.name, wanted.connections);
      foreach setting in array wanted.settings loop
        execute format(
          'alter role %I set %I = %s', wanted.name, split_part(setting, '=', 1),
          case when setting like 'search_path=%' then split_part(setting, '=', 2) else quote_literal(split_part(setting, '=', 2)) end
        );
      end loop;
    end if;
    if not has_database_privilege(wanted.name, current_database(), 'connect') then
      execute format('grant connect on database %I to %I', current_database(), wanted.name);
    end if;
  end loop;
end
$$;

do $$
declare
  membership record;
begin
  for membership in
    select *
    from (values
      ('pg_monitor', 'console_read'), ('pg_monitor', 'console_admin'), ('pg_signal_backend', 'console_admin'),
      ('pg_maintain', 'console_admin')
    ) as membership (granted, member)
    where to_regrole(granted) is not null -- pg_maintain comes with PostgreSQL 17
      and not pg_has_role(member, granted, 'member')
  loop
    begin
      execute format('grant %I to %I', membership.granted, membership.member);
    exception
      when insufficient_privilege then
        raise warning '% is not granted to %: what needs it says so until a superuser grants it', membership.granted, membership.member;
    end;
  end loop;
end
$$;
