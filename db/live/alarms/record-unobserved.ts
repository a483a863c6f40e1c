import type { Sql } from "../../connections";
import type { UnobservedPost, WatchedPost } from "../../rules/live/alarm-conditions";
import { type Outage, outageRule } from "../../rules/live/outage";
import { judgeSpans, type OpenSpan } from "../../rules/live/unobserved-spans";

/**
 * Writes which shifts an outage hides since when, and puts its begin and its end on record, inside the transaction of
 * a judgement whose alarms are written. As console_app; unobserved_spans_open_idx.
 */
export async function recordUnobserved(
  sql: Sql,
  {
    alarmId,
    unobserved,
    posts,
    standing,
    outage,
    asOf,
  }: {
    /** Of the outage that lasts, or that ended just now. */
    alarmId: string | null;
    unobserved: readonly UnobservedPost[];
    posts: ReadonlyMap<number, WatchedPost>;
    /** As it was before, and as it is. */
    standing: Outage | null;
    outage: Outage | null;
    asOf: Date;
  },
): Promise<void> {
  const open = await sql<OpenSpan[]>`
    select id, shift_id::float8 as "shiftId", guard_id::float8 as "guardId", from_at as "fromAt"
    from unobserved_spans where until_at is null`;
  const { begun, ended } = judgeSpans(open, unobserved, { posts, asOf });
  for (const { id, untilAt } of ended) await sql`update unobserved_spans set until_at = ${untilAt} where id = ${id}`;
  if (begun.length > 0) {
    const rows = begun.map(({ shiftId, guardId, fromAt }) => ({
      alarm_id: alarmId,
      shift_id: shiftId,
      guard_id: guardId,
      from_at: fromAt,
    }));
    await sql`insert into unobserved_spans ${sql(rows)}`;
  }
  if ((standing === null) === (outage === null)) return;
  const { share, fewestGuards, windowSeconds } = outageRule;
  const told = outage
    ? { sinceAt: outage.sinceAt, shifts: unobserved.length, rule: { share, fewestGuards, windowSeconds } }
    : { sinceAt: standing?.sinceAt, stillSilent: ended.filter(({ untilAt }) => +untilAt === +asOf).length };
  await sql`
    insert into audit_events (action, target, outcome, details)
    values (${outage ? "alarm.raise" : "alarm.end"}, ${`alarm:${alarmId}`}, 'done',
            ${sql.json({ kind: "outage", ...told })})`;
}
