-- What a shift was until it changed. A change is dated by the column that tells of it, else by the clock.
create function shifts_keep_history() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into public.ops_shift_history (
    shift_id, until_at, status, professional_id, assigned_at, start_datetime, end_datetime, location_id, post
  )
  select
    old.id,
    greatest(
      least(
        case
          when (old.status, old.professional_id) is not distinct from (new.status, new.professional_id) then null
          when new.status = 'cancelled' and new.cancelled_at is distinct from old.cancelled_at then new.cancelled_at
          when new.assigned_at is distinct from old.assigned_at then new.assigned_at
          when new.status = 'published' and new.published_at is distinct from old.published_at then new.published_at
        end,
        clock_timestamp()
      ),
      (select max(until_at) from public.ops_shift_history where shift_id = old.id)
    ),
    old.status, old.professional_id, old.assigned_at, old.start_datetime, old.end_datetime, old.location_id, old.post;
  return null;
end
$$;
alter function shifts_keep_history() owner to console_admin;
revoke execute on function shifts_keep_history() from public;

create trigger shifts_keep_history
after update on shifts
for each row
when (
  (old.status, old.professional_id, old.assigned_at, old.start_datetime, old.end_datetime, old.location_id, old.post)
  is distinct from
  (new.status, new.professional_id, new.assigned_at, new.start_datetime, new.end_datetime, new.location_id, new.post)
)
execute function shifts_keep_history();

-- What the columns of a row still tell of the two weeks before.
insert into ops_shift_history (
  shift_id, until_at, status, professional_id, assigned_at, start_datetime, end_datetime, location_id, post,
  is_reconstructed
)
select
  shifts.id, was.until_at, was.status, was.professional_id, was.assigned_at, start_datetime, end_datetime, location_id,
  post, true
from shifts
cross join lateral (
  values
    (published_at, 'draft', null::bigint, null::timestamptz),
    (shifts.assigned_at, 'published', null, null),
    (
      case when shifts.status = 'cancelled' then cancelled_at end,
      case when shifts.assigned_at is null then 'published' else 'assigned' end,
      case when shifts.assigned_at is not null then shifts.professional_id end,
      shifts.assigned_at
    )
) as was (until_at, status, professional_id, assigned_at)
where was.until_at between now() - interval '15 days' and now()
  and coalesce(published_at <= shifts.assigned_at, true)
  and coalesce(greatest(published_at, shifts.assigned_at) <= cancelled_at, true)
order by was.until_at, shifts.id;
