drop table operation_log;
drop table operation_runs;
drop function operation_runs_keep_ended();
