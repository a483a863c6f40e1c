import { eq, sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../../connections";
import { alarmClock, alarms } from "../../console/alarm-tables";
import { recordAuditEvent } from "../../console/record-audit-event";
import { type AlarmAnswer, type Answered, answerAlarm, type Person } from "../../rules/live/answer-alarm";
import { type Alarm, getAlarm } from "./list-alarms";

/**
 * Gives one answer to an alarm and puts it on record with what it changed, in one transaction; a refusal is on record
 * too. The row of the clock lets one person in at a time. Returns the refusal as a sentence, null where it was done;
 * undefined where there is no such alarm.
 */
export async function recordAnswer(
  db: ConsoleDatabase,
  {
    alarmId,
    answer,
    by,
    asOf,
    requestId,
  }: { alarmId: number; answer: AlarmAnswer; by: Person; asOf: Date; requestId: string | null },
): Promise<{ refusal: string | null } | undefined> {
  return db.transaction(async (transaction) => {
    await transaction.select({ id: alarmClock.id }).from(alarmClock).for("update");
    const alarm = await getAlarm(transaction, alarmId);
    if (!alarm) return undefined;
    const answered = answerAlarm(alarm, answer, { by, asOf });
    const event = {
      at: asOf,
      staffId: by.id,
      action: `alarm.${answer.verb}`,
      target: `alarm:${alarmId}`,
      requestId,
    };
    const about = { shiftId: alarm.shiftId, kind: alarm.kind, before: inWords(alarm) };
    if ("refusal" in answered) {
      const { refusal } = answered;
      await recordAuditEvent(transaction, { ...event, outcome: "refused", reason: refusal, details: about });
      return { refusal };
    }
    const { acknowledgedBy, owner, ...rest } = answered;
    await transaction
      .update(alarms)
      .set({ ...rest, acknowledgedBy: acknowledgedBy?.id ?? null, ownerId: owner?.id ?? null })
      .where(eq(alarms.id, alarmId));
    await transaction.update(alarmClock).set({ revision: sql`${alarmClock.revision} + 1` });
    const reason = answer.verb === "snooze" ? answer.note : null;
    await recordAuditEvent(transaction, {
      ...event,
      outcome: "done",
      reason,
      details: { ...about, after: inWords(answered) },
    });
    return { refusal: null };
  });
}

function inWords({ acknowledgedBy, owner, snoozedUntil }: Answered | Alarm) {
  return {
    acknowledgedBy: acknowledgedBy?.fullName ?? null,
    owner: owner?.fullName ?? null,
    snoozedUntil: snoozedUntil?.toISOString() ?? null,
  };
}
