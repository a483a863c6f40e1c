drop policy person_marks_own_notifications on notifications;
drop policy person_sees_own_notifications on notifications;
alter table notifications no force row level security;
alter table notifications disable row level security;
