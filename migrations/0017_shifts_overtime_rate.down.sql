alter table shifts drop column overtime_rate;
