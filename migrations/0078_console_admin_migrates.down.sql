do $$
begin
  -- Whoever holds a privilege without its grant option is only warned, and the revoke does nothing.
  if not pg_has_role((select relowner from pg_class where oid = 'console_migrations.ledger'::regclass), 'usage') then
    raise exception 'only the owner of the ledger may take it from console_admin' using errcode = 'insufficient_privilege';
  end if;
end
$$;
revoke insert, update, delete on console_migrations.ledger, console_migrations.statements from console_admin;
