drop trigger shifts_keep_assignments on shifts;
drop trigger shifts_begin_assignments on shifts;
drop function shifts_keep_assignments();
drop function shifts_begin_assignments();
delete from assignments; -- nothing keeps them true from here on
