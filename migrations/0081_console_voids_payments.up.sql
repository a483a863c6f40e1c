-- The pay of a guard who loses a shift: pending becomes failed. Approval stays with Finqle.
create policy console_voids on finqle_transactions for update to console_ops
  using (status = 'pending') with check (status in ('pending', 'failed'));
grant update (status) on finqle_transactions to console_ops;
