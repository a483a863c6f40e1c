drop trigger ops_keep_last_positions on gps_checkins;
drop function ops_keep_last_positions();
drop table ops_last_positions;
