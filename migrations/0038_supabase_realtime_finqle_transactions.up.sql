-- adopt: select exists (select from pg_publication_tables where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = 'finqle_transactions')
alter publication supabase_realtime add table finqle_transactions;
