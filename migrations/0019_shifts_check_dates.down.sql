alter table shifts drop constraint check_dates;
