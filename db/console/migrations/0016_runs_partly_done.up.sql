alter table operation_runs drop constraint valid_state;
alter table operation_runs add constraint valid_state check (
  state in ('awaiting approval', 'queued', 'running', 'done', 'partly done', 'failed', 'cancelled', 'lapsed', 'interrupted')
) not valid;
alter table operation_runs validate constraint valid_state;
