drop table backups;
delete from operation_log using operation_runs
where operation_runs.id = operation_log.run_id and operation_runs.requested_by is null;
delete from operation_runs where requested_by is null;
alter table operation_runs alter column requested_by set not null;
