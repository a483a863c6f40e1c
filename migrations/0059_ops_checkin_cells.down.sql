drop table ops_checkin_counts;
drop table ops_checkin_cells;
