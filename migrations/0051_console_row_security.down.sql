drop policy console_notifies on notifications;
drop policy console_pays on finqle_transactions;
drop policy console_handles on incidents;
drop policy console_locks_guard on security_professionals;
drop policy console_reassigns on shifts;

do $$
declare
  table_name text;
begin
  foreach table_name in array array[
    'organizations', 'users', 'locations', 'security_professionals', 'shifts', 'gps_checkins', 'incidents',
    'finqle_transactions', 'notifications'
  ] loop
    execute format('drop policy console_administers on public.%I', table_name);
    execute format('drop policy console_reads on public.%I', table_name);
  end loop;
end
$$;
