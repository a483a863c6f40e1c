alter publication supabase_realtime drop table finqle_transactions;
