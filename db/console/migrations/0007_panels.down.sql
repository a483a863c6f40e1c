drop function turn_panel_partitions(timestamptz);
drop table panel_samples;
drop table findings;
drop table panel_readings;
