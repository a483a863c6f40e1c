drop table feature_readings;
drop table server_samples;
drop table job_runs;
drop table worker_instances;
