drop table sign_in_attempts;
drop table sessions;
drop table staff;
revoke usage on schema public from console_app;
