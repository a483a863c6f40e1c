-- Ends a shift at an instant within it and publishes the rest as a shift of its own, which this returns. Null where the
-- instant is not within it, or it is neither published, assigned nor active. console_ops may not write hours otherwise.
create function ops_split_shift(split_id bigint, split_at timestamptz) returns bigint
language plpgsql security definer
set search_path = ''
as $$
declare
  whole public.shifts;
  rest_id bigint;
begin
  select * into whole from public.shifts
  where id = split_id and status in ('published', 'assigned', 'active')
    and start_datetime < split_at and split_at < end_datetime
  for update;
  if not found then
    return null;
  end if;
  update public.shifts set end_datetime = split_at where id = split_id;
  insert into public.shifts (
    company_id, client_id, location_id, post, status, start_datetime, end_datetime, headcount, hourly_rate,
    overtime_rate, published_at
  )
  values (
    whole.company_id, whole.client_id, whole.location_id, whole.post, 'published', split_at, whole.end_datetime,
    whole.headcount, whole.hourly_rate, whole.overtime_rate, now()
  )
  returning id into rest_id;
  return rest_id;
end
$$;
alter function ops_split_shift(bigint, timestamptz) owner to console_admin;
revoke execute on function ops_split_shift(bigint, timestamptz) from public;
do $$
declare
  product_role text;
begin
  foreach product_role in array array['anon', 'authenticated', 'service_role'] loop
    if to_regrole(product_role) is not null then
      execute format('revoke all on function ops_split_shift(bigint, timestamptz) from %I', product_role);
    end if;
  end loop;
end
$$;
grant execute on function ops_split_shift(bigint, timestamptz) to console_ops;
