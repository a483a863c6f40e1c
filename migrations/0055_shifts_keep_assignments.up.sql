-- A guard has a shift while the shift names the guard and is assigned, active or completed: completion ends nothing.
create function shifts_begin_assignments() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into public.assignments (shift_id, professional_id, began_at, began_reason)
  select id, professional_id, least(assigned_at, clock_timestamp()), 'assigned'
  from added
  where professional_id is not null and status in ('assigned', 'active', 'completed');
  return null;
end
$$;
alter function shifts_begin_assignments() owner to console_admin;
revoke execute on function shifts_begin_assignments() from public;

create trigger shifts_begin_assignments
after insert on shifts
referencing new table as added
for each statement
execute function shifts_begin_assignments();

create function shifts_keep_assignments() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  holds constant boolean := new.professional_id is not null and new.status in ('assigned', 'active', 'completed');
  changed_at constant timestamptz := least(
    case
      when new.status = 'cancelled' and new.cancelled_at is distinct from old.cancelled_at then new.cancelled_at
      when holds and new.assigned_at is distinct from old.assigned_at then new.assigned_at
    end,
    clock_timestamp()
  );
begin
  update public.assignments
  set
    ended_at = greatest(began_at, changed_at),
    ended_reason = case
      when holds then 'reassigned'
      when new.status = 'cancelled' then coalesce(new.cancel_reason, 'cancelled')
      else 'unassigned'
    end
  where shift_id = new.id and ended_at is null;
  if holds then
    insert into public.assignments (shift_id, professional_id, began_at, began_reason)
    values (new.id, new.professional_id, changed_at, case when found then 'reassigned' else 'assigned' end);
  end if;
  return null;
end
$$;
alter function shifts_keep_assignments() owner to console_admin;
revoke execute on function shifts_keep_assignments() from public;

create trigger shifts_keep_assignments
after update of professional_id, status on shifts
for each row
when (
  old.professional_id is distinct from new.professional_id
  or (old.status in ('assigned', 'active', 'completed')) is distinct from (new.status in ('assigned', 'active', 'completed'))
)
execute function shifts_keep_assignments();

insert into assignments (shift_id, professional_id, began_at, began_reason, ended_at, ended_reason)
select
  id, professional_id, assigned_at, 'assigned',
  case when status = 'cancelled' then cancelled_at end,
  case when status = 'cancelled' then coalesce(cancel_reason, 'cancelled') end
from shifts
where professional_id is not null
  and (status in ('assigned', 'active', 'completed') or (status = 'cancelled' and cancelled_at >= assigned_at))
order by id;
