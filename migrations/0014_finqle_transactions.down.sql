drop table finqle_transactions;
