do $$
declare
  table_name text;
begin
  foreach table_name in array array[
    'organizations', 'users', 'locations', 'security_professionals', 'shifts', 'gps_checkins', 'incidents',
    'finqle_transactions', 'notifications'
  ] loop
    execute format('create policy console_reads on public.%I for select to console_read, console_ops using (true)', table_name);
    execute format('create policy console_administers on public.%I to console_admin using (true) with check (true)', table_name);
  end loop;
end
$$;

create policy console_reassigns on shifts for update to console_ops using (true) with check (true);
create policy console_locks_guard on security_professionals for update to console_ops using (true) with check (false);
create policy console_handles on incidents for update to console_ops using (true) with check (true);
create policy console_pays on finqle_transactions for insert to console_ops with check (true);
create policy console_notifies on notifications for insert to console_ops with check (true);
