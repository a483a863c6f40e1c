drop trigger shifts_require_certificates on shifts;
drop function shifts_require_certificates();
