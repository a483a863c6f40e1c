-- adopt: select relrowsecurity from pg_class where oid = to_regclass('public.notifications')
alter table notifications enable row level security;
alter table notifications force row level security;

create policy person_sees_own_notifications on notifications for select to authenticated
  using (user_id = (select auth.uid()));
create policy person_marks_own_notifications on notifications for update to authenticated
  using (user_id = (select auth.uid()))
  with check (user_id = (select auth.uid()));
