-- adopt: select exists (select from pg_publication where pubname = 'supabase_realtime')
create publication supabase_realtime;
