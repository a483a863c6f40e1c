drop table alarm_clock;
drop table alarms;
