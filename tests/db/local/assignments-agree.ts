import type { Sql } from "../../../db/connections";

/** Shifts whose assignments do not say what the shift says of its guard. */
export async function listDisagreements(sql: Sql): Promise<Record<string, unknown>[]> {
  return sql`
    select shifts.id, shifts.status, shifts.professional_id, shifts.assigned_at, told.*
    from shifts
    left join lateral (
      select
        count(*) filter (where ended_at is null) as open,
        count(*) filter (where ended_at is null
          and assignments.professional_id = shifts.professional_id and began_at = shifts.assigned_at) as standing,
        count(*) filter (where ended_at = shifts.cancelled_at and ended_reason = shifts.cancel_reason
          and assignments.professional_id = shifts.professional_id and began_at = shifts.assigned_at) as cancelled
      from assignments
      where shift_id = shifts.id
    ) told on true
    where (open, standing, cancelled) is distinct from (
      case when shifts.professional_id is not null and status <> 'cancelled' then 1 else 0 end,
      case when shifts.professional_id is not null and status <> 'cancelled' then 1 else 0 end,
      case when shifts.professional_id is not null and status = 'cancelled' then 1 else 0 end
    )
    limit 10
  ` as unknown as Promise<Record<string, unknown>[]>;
}
