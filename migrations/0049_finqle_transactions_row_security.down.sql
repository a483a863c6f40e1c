drop policy company_sees_payments_of_its_shifts on finqle_transactions;
drop policy guard_sees_own_payments on finqle_transactions;
alter table finqle_transactions no force row level security;
alter table finqle_transactions disable row level security;
