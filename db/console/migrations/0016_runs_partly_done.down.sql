alter table operation_runs disable trigger operation_runs_keep_ended;
update operation_runs set state = 'failed' where state = 'partly done';
alter table operation_runs enable trigger operation_runs_keep_ended;
alter table operation_runs drop constraint valid_state;
alter table operation_runs add constraint valid_state check (
  state in ('awaiting approval', 'queued', 'running', 'done', 'failed', 'cancelled', 'lapsed', 'interrupted')
);
