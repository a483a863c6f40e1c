drop table statement_deltas;
drop table statement_readings;
drop table statement_counters;
drop table statement_texts;
