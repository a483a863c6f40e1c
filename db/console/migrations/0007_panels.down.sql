drop function turn_sample_partitions(timestamptz);
drop table panel_samples;
drop table findings;
drop table panel_readings;
