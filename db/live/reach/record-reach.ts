import type { Sql } from "../../connections";
import type { BestWay } from "../../rules/live/find-best-way";

/** Shifts whose reach was computed after `since`. A table of some hundred rows. */
export async function listReachedSince(sql: Sql, since: Date): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    select shift_id::float8 as id from shift_reaches where computed_at > ${since}`;
  return rows.map(({ id }) => id);
}

/**
 * Writes how soon anybody could be at a shift, as found at `asOf`. Where nobody can, it is too late since that was
 * found first.
 */
export async function recordReach(
  sql: Sql,
  { shiftId, startAt, way: { best, canCount }, asOf }: { shiftId: number; startAt: Date; way: BestWay; asOf: Date },
): Promise<void> {
  const noReturnAt = best ? new Date(+startAt - best.travelSeconds * 1000) : asOf;
  await sql`
    insert into shift_reaches as known
      (shift_id, guard_id, guard_name, travel_seconds, can_count, no_return_at, computed_at, changed_at)
    values (${shiftId}, ${best?.guardId ?? null}, ${best?.fullName ?? null}, ${best?.travelSeconds ?? null},
            ${canCount}, ${noReturnAt}, ${asOf}, ${asOf})
    on conflict (shift_id) do update set
      guard_id = excluded.guard_id, guard_name = excluded.guard_name, travel_seconds = excluded.travel_seconds,
      can_count = excluded.can_count, computed_at = excluded.computed_at,
      no_return_at = case when known.guard_id is null and excluded.guard_id is null
                          then least(known.no_return_at, excluded.no_return_at) else excluded.no_return_at end,
      changed_at = case when known.guard_id is not distinct from excluded.guard_id
                          and (excluded.guard_id is null or known.no_return_at = excluded.no_return_at)
                        then known.changed_at else excluded.changed_at end
    where known.computed_at < excluded.computed_at`;
}

/** Forgets shifts that were last looked at before `before`. */
export async function forgetReaches(sql: Sql, before: Date): Promise<void> {
  await sql`delete from shift_reaches where computed_at < ${before}`;
}
