drop policy guard_sees_own_shifts on shifts;
drop policy guard_sees_published_shifts on shifts;
drop policy client_sees_its_shifts on shifts;
drop policy company_sees_its_shifts on shifts;
alter table shifts no force row level security;
alter table shifts disable row level security;
