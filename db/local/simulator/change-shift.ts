import type { Session } from "../seed/copy";
import { type Instant, minute } from "../story/instant";
import type { CancelReason } from "../story/shift-story";
import type { ChangingShift } from "./open-shifts";

/** What happens to a shift next, as its stories tell it. */
export type ShiftChange =
  | { to: "published"; at: Instant }
  | { to: "assigned"; at: Instant }
  | { to: "active" }
  | { to: "completed" }
  | { to: "cancelled"; at: Instant; reason: CancelReason };

/**
 * Writes one change, unless somebody else changed the shift since it was read; false then. An assignment takes
 * the guard given, its pending payment and its notification with it. Throws what the rules of the database throw.
 */
export async function changeShift(
  sql: Session,
  shift: ChangingShift,
  change: ShiftChange,
  guard?: { professionalId: number; userId: string },
): Promise<boolean> {
  const at = "at" in change ? new Date(change.at).toISOString() : null;
  const rows = await sql`
    update shifts
    set
      status = ${change.to},
      published_at = case when ${change.to} = 'published' then ${at}::timestamptz else published_at end,
      professional_id = coalesce(${guard?.professionalId ?? null}::bigint, professional_id),
      assigned_at = case when ${change.to} = 'assigned' then ${at}::timestamptz else assigned_at end,
      cancelled_at = case when ${change.to} = 'cancelled' then ${at}::timestamptz else cancelled_at end,
      cancel_reason = coalesce(${change.to === "cancelled" ? change.reason : null}::text, cancel_reason)
    where id = ${shift.id}
      and status = ${shift.status}
      and professional_id is not distinct from ${shift.professionalId}::bigint
    returning id
  `;
  if (rows.length === 0) return false;
  if (change.to === "assigned" && guard) {
    await sql`
      insert into finqle_transactions (shift_id, professional_id, amount, created_at)
      select id, professional_id, hourly_rate * extract(epoch from end_datetime - start_datetime) / 3600, ${at}::timestamptz
      from shifts
      where id = ${shift.id}
    `;
    await notify(sql, guard.userId, "shift_assigned", shift.id, at);
  }
  if (change.to === "cancelled" && shift.userId) {
    await sql`
      update finqle_transactions set status = 'failed'
      where shift_id = ${shift.id} and professional_id = ${shift.professionalId} and status = 'pending'
    `;
    await notify(sql, shift.userId, "shift_cancelled", shift.id, at);
  }
  return true;
}

async function notify(sql: Session, userId: string, type: string, shiftId: number, at: string | null) {
  await sql`
    insert into notifications (user_id, type, data, created_at)
    values (${userId}, ${type}, jsonb_build_object('shift_id', ${shiftId}::bigint), ${at}::timestamptz)
  `;
}

const knnLimit = 4;

/**
 * A few guards who may take the shift: certified to its end, free with 11 hours of rest, nearest first. Walks
 * security_professionals_home_point_idx until enough fit.
 */
export async function listFreeGuards(sql: Session, { id, startAt, endAt }: ChangingShift) {
  const restMs = 11 * 60 * minute;
  const [start, end, freeFrom, freeUntil] = [startAt, endAt, startAt - restMs, endAt + restMs].map((at) =>
    new Date(at).toISOString(),
  ) as [string, string, string, string];
  const rows = await sql<{ professionalId: string; userId: string }[]>`
    select professional.id as "professionalId", user_id as "userId"
    from security_professionals professional
    where vca_valid_until > ${end}::timestamptz
      and guard_pass_valid_until > ${end}::timestamptz
      and guard_pass_restriction is null
      and created_at < ${start}::timestamptz
      and (employment = 'zzp' or (select organization_id from users where users.id = user_id) = (
        select company_id from shifts where shifts.id = ${id}
      ))
      and not exists (
        select from shifts
        where shifts.professional_id = professional.id
          and status in ('assigned', 'active', 'completed')
          and start_datetime < ${freeUntil}::timestamptz
          and start_datetime > ${freeFrom}::timestamptz - interval '24 hours'
          and end_datetime > ${freeFrom}::timestamptz
      )
    order by home_point <-> (
      select location_point from locations join shifts on shifts.location_id = locations.id where shifts.id = ${id}
    )
    limit ${knnLimit}
  `;
  return rows.map(({ professionalId, userId }) => ({ professionalId: Number(professionalId), userId }));
}
