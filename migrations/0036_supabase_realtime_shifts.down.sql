alter publication supabase_realtime drop table shifts;
