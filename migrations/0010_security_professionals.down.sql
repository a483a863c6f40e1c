drop table security_professionals;
