alter table shifts drop constraint check_dates;
alter table shifts add constraint check_dates check (end_datetime > start_datetime) not valid;
