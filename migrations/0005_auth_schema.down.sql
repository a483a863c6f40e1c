drop schema auth;
