drop table gps_checkins;
