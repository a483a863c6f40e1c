drop policy member_sees_own_organization on organizations;
alter table organizations no force row level security;
alter table organizations disable row level security;
