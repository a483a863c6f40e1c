-- adopt: select relrowsecurity from pg_class where oid = to_regclass('public.finqle_transactions')
alter table finqle_transactions enable row level security;
alter table finqle_transactions force row level security;

create policy guard_sees_own_payments on finqle_transactions for select to authenticated
  using (professional_id = (select current_user_professional()));
create policy company_sees_payments_of_its_shifts on finqle_transactions for select to authenticated
  using (
    exists (
      select from shifts
      where shifts.id = finqle_transactions.shift_id
        and shifts.company_id = (select current_user_organization())
    )
  );
