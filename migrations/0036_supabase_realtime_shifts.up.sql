-- adopt: select exists (select from pg_publication_tables where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = 'shifts')
alter publication supabase_realtime add table shifts;
