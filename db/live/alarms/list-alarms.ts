import { and, asc, desc, eq, gte, isNotNull, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { ConsoleDatabase } from "../../connections";
import { alarmClock, alarms } from "../../console/alarm-tables";
import { staff } from "../../console/schema";
import type { Answered } from "../../rules/live/answer-alarm";

/** An alarm with the names of those who answered it. */
export type Alarm = Omit<typeof alarms.$inferSelect, "cause" | "acknowledgedBy" | "ownerId" | keyof Answered> &
  Answered;

/** Where a page of ended alarms goes on. */
export type AlarmKey = { endedAt: Date; id: number };

const acknowledger = alias(staff, "acknowledger");
const owner = alias(staff, "owner");

function selectAlarms(db: Pick<ConsoleDatabase, "select">) {
  return db
    .select({
      id: alarms.id,
      shiftId: alarms.shiftId,
      kind: alarms.kind,
      severity: alarms.severity,
      beganAt: alarms.beganAt,
      raisedAt: alarms.raisedAt,
      escalatedAt: alarms.escalatedAt,
      endedAt: alarms.endedAt,
      ending: alarms.ending,
      times: alarms.times,
      affectedCount: alarms.affectedCount,
      hasSignedOff: alarms.hasSignedOff,
      guardId: alarms.guardId,
      guardName: alarms.guardName,
      client: alarms.client,
      locationId: alarms.locationId,
      locationName: alarms.locationName,
      city: alarms.city,
      timeZone: alarms.timeZone,
      shiftStartAt: alarms.shiftStartAt,
      shiftEndAt: alarms.shiftEndAt,
      summary: alarms.summary,
      acknowledgedBy: { id: acknowledger.id, fullName: acknowledger.fullName },
      acknowledgedAt: alarms.acknowledgedAt,
      owner: { id: owner.id, fullName: owner.fullName },
      snoozedUntil: alarms.snoozedUntil,
      note: alarms.note,
    })
    .from(alarms)
    .leftJoin(acknowledger, eq(acknowledger.id, alarms.acknowledgedBy))
    .leftJoin(owner, eq(owner.id, alarms.ownerId))
    .$dynamic();
}

/** What lasts, at most `limit`: an outage first, then what is critical, the oldest first. alarms_open_idx holds nothing else. */
export async function listOpenAlarms(db: ConsoleDatabase, { limit }: { limit: number }): Promise<Alarm[]> {
  return selectAlarms(db)
    .where(isNull(alarms.endedAt))
    .orderBy(desc(isNull(alarms.shiftId)), asc(alarms.severity), asc(alarms.beganAt), asc(alarms.id))
    .limit(limit);
}

/** How many last. alarms_open_idx. */
export function countOpenAlarms(db: ConsoleDatabase): Promise<number> {
  return db.$count(alarms, isNull(alarms.endedAt));
}

/**
 * Alarms that ended, the last first, at most `limit`: since `since`, or those behind the key `before`.
 * alarms_ended_at_id_idx read backwards.
 */
export async function listEndedAlarms(
  db: ConsoleDatabase,
  { since, before, limit }: { since?: Date; before?: AlarmKey; limit: number },
): Promise<Alarm[]> {
  return selectAlarms(db)
    .where(
      and(
        isNotNull(alarms.endedAt),
        since && gte(alarms.endedAt, since),
        before &&
          sql`(${alarms.endedAt}, ${alarms.id}) < (${before.endedAt.toISOString()}::timestamptz, ${before.id}::bigint)`,
      ),
    )
    .orderBy(desc(alarms.endedAt), desc(alarms.id))
    .limit(limit);
}

/** Undefined where there is no such alarm, or it is older than what is kept. */
export async function getAlarm(db: Pick<ConsoleDatabase, "select">, id: number): Promise<Alarm | undefined> {
  const [alarm] = await selectAlarms(db).where(eq(alarms.id, id));
  return alarm;
}

/** A judgement this old is taken for missing: alarms are not being watched. */
export const unwatchedAfterSeconds = 60;

/** Until when alarms are judged, null before the first time, and whether that is long enough ago to say so. */
export async function readAlarmClock(
  db: ConsoleDatabase,
): Promise<{ revision: number; judgedAt: Date | null; isWatched: boolean }> {
  const [clock] = await db
    .select({
      revision: alarmClock.revision,
      judgedAt: alarmClock.judgedAt,
      isWatched: sql<boolean>`coalesce(${alarmClock.judgedAt} > now() - make_interval(secs => ${unwatchedAfterSeconds}), false)`,
    })
    .from(alarmClock);
  return clock ?? { revision: 0, judgedAt: null, isWatched: false };
}

/** Changes whenever the feed would read otherwise. One row by its key. */
export async function readAlarmRevision(db: ConsoleDatabase): Promise<string> {
  const { revision, isWatched } = await readAlarmClock(db);
  return `${revision}${isWatched ? "" : " unwatched"}`;
}
