alter table security_professionals drop column vca_valid_until;
