drop table shift_reaches;
