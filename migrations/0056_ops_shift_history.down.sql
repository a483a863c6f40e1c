drop table ops_shift_history;
