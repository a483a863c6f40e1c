-- adopt: select to_regnamespace('auth') is not null
create schema auth;
grant usage on schema auth to anon, authenticated;
