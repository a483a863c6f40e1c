do $$
declare
  product_role text;
begin
  foreach product_role in array array['anon', 'authenticated'] loop
    if to_regrole(product_role) is null then
      begin
        execute format('create role %I nologin noinherit', product_role);
        execute format('comment on role %I is %L', product_role, 'made by the migrations of SecuryFlex');
      exception
        when duplicate_object or unique_violation then null;
      end;
    end if;
  end loop;
end
$$;
