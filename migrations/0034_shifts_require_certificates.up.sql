-- adopt: select exists (select from pg_trigger where tgrelid = to_regclass('public.shifts') and tgname = 'shifts_require_certificates')
create function shifts_require_certificates() returns trigger
language plpgsql security definer
set search_path = public, extensions, pg_temp
as $$
declare
  guard record;
  problems text[] := '{}';
begin
  select vca_certificate ->> 'valid_until' as vca_written, vca_valid_until, guard_pass_valid_until
  into guard
  from security_professionals
  where id = new.professional_id;
  if not found then
    return new; -- the foreign key says it better
  end if;
  if guard.vca_valid_until is null then
    problems := problems || case
      when guard.vca_written is null then 'no VCA certificate with a date is on record'
      else format('the date of the VCA certificate, "%s", cannot be read', left(guard.vca_written, 40))
    end;
  elsif guard.vca_valid_until < new.end_datetime then
    problems := problems
      || format('the VCA certificate ends %s', to_char(guard.vca_valid_until at time zone 'Europe/Amsterdam', 'YYYY-MM-DD HH24:MI'));
  end if;
  if guard.guard_pass_valid_until is null then
    problems := problems || 'no guard pass with a date is on record'::text;
  elsif guard.guard_pass_valid_until < new.end_datetime then
    problems := problems
      || format('the guard pass ends %s', to_char(guard.guard_pass_valid_until at time zone 'Europe/Amsterdam', 'YYYY-MM-DD HH24:MI'));
  end if;
  if problems <> '{}' then
    raise exception 'guard % cannot take a shift until % (Europe/Amsterdam): %',
      new.professional_id,
      to_char(new.end_datetime at time zone 'Europe/Amsterdam', 'YYYY-MM-DD HH24:MI'),
      array_to_string(problems, ' and ')
      using
        errcode = 'check_violation', schema = 'public', table = 'shifts', constraint = 'shifts_require_certificates',
        detail = jsonb_build_object(
          'professionalId', new.professional_id,
          'shiftEndsAt', new.end_datetime,
          'vcaWritten', left(guard.vca_written, 40),
          'vcaValidUntil', guard.vca_valid_until,
          'guardPassValidUntil', guard.guard_pass_valid_until
        )::text;
  end if;
  return new;
end
$$;
alter function shifts_require_certificates() owner to console_admin;
revoke execute on function shifts_require_certificates() from public;

create trigger shifts_require_certificates
before insert or update of professional_id, status, start_datetime, end_datetime on shifts
for each row
when (new.professional_id is not null and new.status in ('assigned', 'active'))
execute function shifts_require_certificates();
