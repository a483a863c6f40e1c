import { and, desc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { alarmClock, alarms } from "../../../db/console/alarm-tables";
import { auditEvents } from "../../../db/console/schema";
import { addStaff } from "../../../db/console/staff";
import { getAlarm, listEndedAlarms, listOpenAlarms, readAlarmRevision } from "../../../db/live/alarms/list-alarms";
import { recordAnswer } from "../../../db/live/alarms/record-answer";
import type { AlarmAnswer, Person } from "../../../db/rules/live/answer-alarm";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { type AlarmBook, openAlarmBook } from "./alarm-book";
import { minutesFromNow, now } from "./board";

let databases: TestDatabases;
let book: AlarmBook;
let people: [Person, Person];

beforeAll(async () => {
  databases = await cloneDatabases();
  book = await openAlarmBook(databases.environment);
  const hire = async (fullName: string): Promise<Person> => {
    const email = `${fullName.split(" ")[0]}@test.example`;
    const { id } = await addStaff(book.db, { email, fullName, role: "ops", passwordHash: "x" });
    return { id, fullName };
  };
  people = [await hire("Anna de Wit"), await hire("Bram Smit")];
});
afterEach(() => book.clear());
afterAll(async () => {
  await book?.close();
  await databases?.drop();
});

async function raise(values: Partial<typeof alarms.$inferInsert> = {}): Promise<number> {
  const late = {
    shiftId: 7,
    kind: "late",
    cause: "absence",
    severity: "warning",
    beganAt: now,
    raisedAt: now,
  } as const;
  const [row] = await book.db
    .insert(alarms)
    .values({ ...late, shiftEndAt: minutesFromNow(480), ...values })
    .returning({ id: alarms.id });
  return row?.id as number;
}

const answer = (alarmId: number, by: Person, given: AlarmAnswer, at = 1) =>
  recordAnswer(book.db, { alarmId, answer: given, by, asOf: minutesFromNow(at), requestId: "r-1" });

test("of two who acknowledge at once one does, the other is told who; both are on record with before and after", async () => {
  const id = await raise();
  const results = await book.whileHeld(2, () =>
    Promise.all(people.map((by) => answer(id, by, { verb: "acknowledge" }))),
  );
  const alarm = await getAlarm(book.db, id);
  const winner = alarm?.acknowledgedBy as Person;
  expect(results.filter((result) => result?.refusal === null)).toHaveLength(1);
  expect(results.flatMap((result) => result?.refusal ?? [])).toEqual([`${winner.fullName} acknowledged it already.`]);

  const loser = people.find(({ id }) => id !== winner.id) as Person;
  const events = await book.db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.action, "alarm.acknowledge"), eq(auditEvents.target, `alarm:${id}`)))
    .orderBy(desc(auditEvents.outcome));
  const none = { acknowledgedBy: null, owner: null, snoozedUntil: null };
  expect(events).toMatchObject([
    { staffId: loser.id, outcome: "refused", reason: `${winner.fullName} acknowledged it already.` },
    {
      staffId: winner.id,
      outcome: "done",
      requestId: "r-1",
      details: { shiftId: 7, kind: "late", before: none, after: { ...none, acknowledgedBy: winner.fullName } },
    },
  ]);
});

test("what people make of an alarm is kept, and each answer that changes it moves the revision by one", async () => {
  const [anna, bram] = people;
  const id = await raise();
  const revision = async () => (await book.db.select().from(alarmClock))[0]?.revision as number;
  const before = await revision();
  expect(await answer(id, anna, { verb: "take", from: null })).toEqual({ refusal: null });
  expect(await answer(id, bram, { verb: "take", from: null })).toEqual({ refusal: "Anna de Wit took it meanwhile." });
  expect(await answer(id, anna, { verb: "snooze", snooze: "1 h", note: "He phoned" })).toEqual({ refusal: null });
  expect(await listOpenAlarms(book.db, { limit: 10 })).toMatchObject([
    { id, owner: anna, acknowledgedBy: anna, snoozedUntil: minutesFromNow(61), note: "He phoned", kind: "late" },
  ]);
  expect(await answer(id, bram, { verb: "wake" })).toEqual({ refusal: null });
  expect(await answer(id, anna, { verb: "release" })).toEqual({ refusal: null });
  expect(await getAlarm(book.db, id)).toMatchObject({
    owner: null,
    snoozedUntil: null,
    note: null,
    acknowledgedBy: anna,
  });
  expect(await revision()).toBe(before + 4);
});

test("an answer to an alarm that is not there changes nothing", async () => {
  expect(await answer(4_000_000, people[0], { verb: "acknowledge" })).toBeUndefined();
});

test("while people answer, judgements go on, and neither waits for the other for ever", async () => {
  const ids = await Promise.all([1, 2, 3, 4].map((shiftId) => raise({ shiftId })));
  await Promise.all([
    ...ids.flatMap((id) => people.map((by) => answer(id, by, { verb: "take", from: null }))),
    ...[1, 2, 3].map((minute) => book.judge(minutesFromNow(minute))),
  ]);
  expect((await book.list()).map(({ ending }) => ending)).toEqual(Array(4).fill("unwatched"));
});

test("ended alarms stand the last first and go on behind a given one, also those of one instant", async () => {
  const end = (shiftId: number, at: number) => raise({ shiftId, endedAt: minutesFromNow(at), ending: "recovered" });
  const ids = [await end(1, 5), await end(2, 9), await end(3, 9), await end(4, 2)];
  await raise({ shiftId: 5 });
  const listed = async (options: Omit<Parameters<typeof listEndedAlarms>[1], "limit">) =>
    (await listEndedAlarms(book.db, { ...options, limit: 2 })).map(({ id }) => ids.indexOf(id));
  expect(await listed({})).toEqual([2, 1]);
  expect(await listed({ before: { endedAt: minutesFromNow(9), id: ids[2] as number } })).toEqual([1, 0]);
  expect(await listed({ before: { endedAt: minutesFromNow(5), id: ids[0] as number } })).toEqual([3]);
  expect(await listed({ since: minutesFromNow(9) })).toEqual([2, 1]);
  expect((await listOpenAlarms(book.db, { limit: 10 })).map(({ shiftId }) => shiftId)).toEqual([5]);
});

test("the feed is told when alarms are no longer judged", async () => {
  expect(await readAlarmRevision(book.db)).toMatch(/^\d+ unwatched$/);
  await book.write((sql) => sql`update alarm_clock set judged_at = now()`);
  expect(await readAlarmRevision(book.db)).toMatch(/^\d+$/);
});
