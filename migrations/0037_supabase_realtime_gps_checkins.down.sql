alter publication supabase_realtime drop table gps_checkins;
