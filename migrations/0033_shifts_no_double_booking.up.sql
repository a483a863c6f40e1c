-- adopt: select exists (select from pg_constraint where conrelid = to_regclass('public.shifts') and conname = 'shifts_no_double_booking')
do $$
declare
  clashes text;
begin
  select string_agg(format('%s and %s (guard %s)', first_id, second_id, professional_id), ', ')
  into clashes
  from (
    select one.id as first_id, two.id as second_id, one.professional_id
    from shifts one
    join shifts two
      on two.professional_id = one.professional_id
      and two.id > one.id
      and two.start_datetime < one.end_datetime
      and two.end_datetime > one.start_datetime
    where one.status in ('assigned', 'active')
      and two.status in ('assigned', 'active')
    order by one.id, two.id
    limit 5
  ) as overlap;
  if clashes is not null then
    raise exception 'guards stand on two shifts at once, the first of them %. Take the guard off one shift of each pair', clashes
      using errcode = 'exclusion_violation';
  end if;
end
$$;

alter table shifts
  add constraint shifts_no_double_booking
  exclude using gist (professional_id with =, tstzrange(start_datetime, end_datetime, '[)') with &&)
  where (status in ('assigned', 'active') and professional_id is not null)
  deferrable initially immediate;
