alter publication supabase_realtime drop table incidents;
