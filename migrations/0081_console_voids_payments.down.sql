revoke update (status) on finqle_transactions from console_ops;
drop policy console_voids on finqle_transactions;
