drop trigger shifts_version on shifts;
drop function shifts_version();
