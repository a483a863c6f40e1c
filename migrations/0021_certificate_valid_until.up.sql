-- adopt: select to_regprocedure('public.certificate_valid_until(jsonb)') is not null
create function certificate_valid_until(certificate jsonb) returns timestamptz
language plpgsql immutable strict parallel safe
set search_path = pg_catalog
as $$
declare
  written constant text := case jsonb_typeof(certificate -> 'valid_until')
    when 'string' then certificate ->> 'valid_until'
  end;
  part text[];
  zone_offset interval := '0';
begin
  part := regexp_match(written, '^([0-9]{4})-([0-9]{2})-([0-9]{2})$');
  if part is not null then
    return (make_date(part[1]::integer, part[2]::integer, part[3]::integer) + 1)::timestamp at time zone 'Europe/Amsterdam';
  end if;
  part := regexp_match(
    written,
    '^([0-9]{4})-([0-9]{2})-([0-9]{2})T([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9](?:[.][0-9]{1,6})?))?(?:Z|([+-])(0[0-9]|1[0-5])(?::?([0-5][0-9]))?)$'
  );
  if part is null then
    return null;
  end if;
  if part[7] is not null then
    zone_offset := make_interval(hours => part[8]::integer, mins => coalesce(part[9], '0')::integer);
  end if;
  return (
    make_timestamp(
      part[1]::integer, part[2]::integer, part[3]::integer,
      part[4]::integer, part[5]::integer, coalesce(part[6], '0')::double precision
    ) - case part[7] when '-' then - zone_offset else zone_offset end
  ) at time zone 'UTC';
exception
  when datetime_field_overflow or invalid_datetime_format then
    return null; -- 30 February
end
$$;

comment on function certificate_valid_until(jsonb) is
  'The instant at which a certificate ends: an ISO date lasts to the end of that day in Amsterdam, an ISO timestamp needs its zone, all else is null and not valid.';
