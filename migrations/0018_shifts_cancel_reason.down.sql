alter table shifts drop column cancel_reason;
