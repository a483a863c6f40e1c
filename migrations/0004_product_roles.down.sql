do $$
declare
  product_role text;
begin
  foreach product_role in array array['anon', 'authenticated'] loop
    if shobj_description(to_regrole(product_role), 'pg_authid') = 'made by the migrations of SecuryFlex' then
      begin
        execute format('drop role %I', product_role);
      exception
        when dependent_objects_still_exist or insufficient_privilege then null; -- other databases use it
      end;
    end if;
  end loop;
end
$$;
