-- An operation migrates as console_admin and keeps the same ledger as the owner.
grant insert, update, delete on console_migrations.ledger, console_migrations.statements to console_admin;
