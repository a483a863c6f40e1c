alter table shifts drop constraint shifts_no_double_booking;
