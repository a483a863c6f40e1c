import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import type { Database } from "../../../db/connections";
import { alarmClock, alarms, unobservedSpans } from "../../../db/console/alarm-tables";
import { auditEvents } from "../../../db/console/schema";
import { addStaff } from "../../../db/console/staff";
import { loginUrl } from "../../../db/environment";
import { keepAlarms } from "../../../db/live/alarms/keep-alarms";
import { readMarks } from "../../../db/live/marks/read-marks";
import { nextJudgement } from "../../../db/rules/live/next-judgement";
import * as schema from "../../../db/schema";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { type AlarmBook, openAlarmBook } from "./alarm-book";
import { type Cast, checkIn, engageCast, hireGuard, minutesFromNow, openAsOwner, planShift } from "./board";

let databases: TestDatabases;
let owner: ReturnType<typeof openAsOwner>;
let db: Database;
let cast: Cast;
let book: AlarmBook;

beforeAll(async () => {
  databases = await cloneDatabases();
  owner = openAsOwner(databases.environment.DATABASE_URL as string);
  db = owner.db;
  cast = await engageCast(db);
  book = await openAlarmBook(databases.environment);
});
afterEach(async () => {
  await db.delete(schema.incidents);
  await db.delete(schema.gpsCheckins);
  await db.delete(schema.shifts);
  await book.clear();
});
afterAll(async () => {
  await book?.close();
  await owner?.close();
  await databases?.drop();
});

const judgeAt = (minutes: number) => book.judge(minutesFromNow(minutes));
const seen = (shiftId: number, at: number, meters: number, kind?: "in" | "out") =>
  checkIn(db, { shiftId, guardId: cast.guardId, at, meters, ...(kind && { kind }) });

test("a guard who does not come is late after 5 minutes, a no-show after 30, and the arrival ends it", async () => {
  const shiftId = await planShift(db, cast, { from: 0, to: 480 });
  expect(await judgeAt(4)).toBe(0);
  expect(await judgeAt(5.1)).toBe(1);
  expect(await judgeAt(12)).toBe(0);
  expect(await book.tell()).toEqual(["late 5.. open ×1"]);
  expect(await judgeAt(30.1)).toBe(1);
  expect(await book.list()).toMatchObject([
    {
      shiftId,
      kind: "no-show",
      severity: "critical",
      escalatedAt: minutesFromNow(30),
      raisedAt: minutesFromNow(5.1),
      guardName: "Sanne Bakker",
      locationName: "De Kroon, front desk",
      client: "Hotel De Kroon",
      timeZone: "Europe/Amsterdam",
      shiftStartAt: minutesFromNow(0),
    },
  ]);
  await seen(shiftId, 41, 5, "in");
  await judgeAt(41.1);
  expect(await book.tell()).toEqual(["no-show 5..41 recovered ×1"]);
});

test("a guard who leaves is outside, comes back, falls silent, and the end of the shift ends it", async () => {
  const shiftId = await planShift(db, cast, { from: -60, to: 100, status: "active" });
  await seen(shiftId, -60, 5, "in");
  await seen(shiftId, -2, 5);
  expect(await judgeAt(0)).toBe(0);
  for (const at of [3, 8, 13]) await seen(shiftId, at, 200);
  await judgeAt(13.1);
  expect(await book.tell()).toEqual(["outside 3.. open ×1"]);
  await seen(shiftId, 18, 5);
  await judgeAt(18.1);
  await judgeAt(33.1);
  expect(await book.tell()).toEqual(["outside 3..18 recovered ×1", "stale 33.. open ×1"]);
  await judgeAt(100.1);
  expect(await book.tell()).toEqual(["outside 3..18 recovered ×1", "stale 33..100 over ×1"]);
});

test("an incident is an alarm with its words until somebody in SecuryFlex acknowledges it", async () => {
  const shiftId = await planShift(db, cast, { from: 0, to: 100 });
  await db
    .insert(schema.incidents)
    .values({ shiftId, severity: "high", summary: "A fire alarm", reportedAt: minutesFromNow(1) });
  await judgeAt(2);
  expect(await book.list()).toMatchObject([{ kind: "incident", summary: "A fire alarm", beganAt: minutesFromNow(1) }]);
  await db.update(schema.incidents).set({ acknowledgedAt: minutesFromNow(3) });
  await judgeAt(3);
  expect(await book.tell()).toEqual(["incident 1..3 recovered ×1"]);
});

test("a signal that comes and goes is one alarm with a count, also for a worker that starts anew", async () => {
  const shiftId = await planShift(db, cast, { from: -60, to: 100, status: "active" });
  await seen(shiftId, -60, 5, "in");
  for (const last of [-58, -41, -24, -7]) {
    await seen(shiftId, last, 5);
    await judgeAt(last);
    await judgeAt(last + 16);
  }
  expect(await book.tell()).toEqual(["stale -43.. open ×4"]);
});

test("what came and went while no worker ran is found afterwards, with its true instants", async () => {
  const shiftId = await planShift(db, cast, { from: 0, to: 480 });
  await judgeAt(-1);
  await seen(shiftId, 12, 5, "in");
  await seen(shiftId, 55, 5);
  const now = minutesFromNow(60);
  for (let isBehind = true; isBehind; ) {
    const [clock] = await book.db.select().from(alarmClock);
    const asOf = nextJudgement(clock?.judgedAt ?? null, now);
    await book.judge(asOf);
    isBehind = asOf < now;
  }
  expect(await book.tell()).toEqual(["late 5..12 recovered ×1", "stale 27..55 recovered ×1"]);
});

test("what got worse wants to be seen again; what only comes back does not", async () => {
  const shiftId = await planShift(db, cast, { from: 0, to: 480 });
  const anna = await addStaff(book.db, {
    email: "anna@test.example",
    fullName: "Anna",
    role: "ops",
    passwordHash: "x",
  });
  const acknowledge = (at: number) =>
    book.db.update(alarms).set({
      acknowledgedBy: anna.id,
      acknowledgedAt: minutesFromNow(at),
      ownerId: anna.id,
      snoozedUntil: minutesFromNow(at + 60),
    });
  await judgeAt(6);
  await acknowledge(7);
  await judgeAt(31);
  expect(await book.list()).toMatchObject([
    { acknowledgedBy: null, acknowledgedAt: null, snoozedUntil: null, ownerId: anna.id },
  ]);
  await seen(shiftId, 32, 5, "in");
  await judgeAt(50);
  await acknowledge(50);
  await seen(shiftId, 51, 5);
  await judgeAt(51);
  await judgeAt(67);
  const [stale] = await book.db.select().from(alarms).where(eq(alarms.kind, "stale"));
  expect(stale).toMatchObject({ times: 2, endedAt: null, acknowledgedBy: anna.id });
});

test("a judgement of an older board changes nothing, and the revision grows only with a change", async () => {
  const revision = async () => (await book.db.select().from(alarmClock))[0]?.revision as number;
  const before = await revision();
  await planShift(db, cast, { from: 0, to: 480 });
  await judgeAt(6);
  expect(await revision()).toBe(before + 1);
  expect(await judgeAt(6)).toBeUndefined();
  expect(await judgeAt(3)).toBeUndefined();
  await judgeAt(7);
  expect(await revision()).toBe(before + 1);
  expect(await book.tell()).toEqual(["late 5.. open ×1"]);
});

test("two judgements at once raise each alarm once; two that read and then write raise it twice", async () => {
  for (let count = 0; count < 3; count += 1) {
    await planShift(db, cast, { from: count / 100, to: 480, professionalId: null, status: "published" });
  }
  const judged = await book.whileHeld(2, () => Promise.all([judgeAt(1), judgeAt(1.001)]));
  expect((await book.list()).map(({ kind }) => kind)).toEqual(["unfilled", "unfilled", "unfilled"]);
  expect(judged).toContain(3);

  const owned = openAsOwner(loginUrl(databases.environment, "console_owner"));
  await owned.db.execute("create table naive_alarms (shift_id bigint)");
  await owned.db.execute("grant select, insert on naive_alarms to console_app");
  await owned.close();
  let arrived = 0;
  let open: () => void;
  const everybodyRead = new Promise<void>((resolve) => {
    open = resolve;
  });
  const naive = () =>
    book.write(async (sql) => {
      const known = await sql`select from naive_alarms where shift_id = 1`;
      arrived += 1;
      if (arrived === 2) open();
      await everybodyRead;
      if (known.length === 0) await sql`insert into naive_alarms values (1)`;
    });
  await Promise.all([naive(), naive()]);
  expect(await book.write((sql) => sql`select from naive_alarms`)).toHaveLength(2);
});

test("the database itself refuses a second open alarm of one shift and cause", async () => {
  const late = {
    shiftId: 1,
    kind: "late",
    cause: "absence",
    severity: "warning",
    beganAt: minutesFromNow(0),
    raisedAt: minutesFromNow(0),
  } as const;
  await book.db.insert(alarms).values(late);
  await expect(book.db.insert(alarms).values({ ...late, kind: "no-show" })).rejects.toMatchObject({
    cause: { code: "23505", constraint_name: "alarms_open_idx" },
  });
  await book.db.insert(alarms).values({ ...late, endedAt: minutesFromNow(1), ending: "recovered" });
});

let hiredCount = 0;

/** `count` guards of their own on shifts from an hour ago on, last heard when they came. */
async function fallSilent(count: number): Promise<{ shiftId: number; guardId: number }[]> {
  const posts: { shiftId: number; guardId: number }[] = [];
  for (let number = 0; number < count; number += 1) {
    hiredCount += 1;
    const guardId = await hireGuard(db, `Guard ${hiredCount}`);
    const shiftId = await planShift(db, cast, { from: -60, to: 400, status: "active", professionalId: guardId });
    await checkIn(db, { shiftId, guardId, at: number / 100, meters: 5, kind: "in" });
    posts.push({ shiftId, guardId });
  }
  return posts;
}

const listSpans = async () =>
  (await book.db.select().from(unobservedSpans).orderBy(unobservedSpans.id)).map(({ fromAt, untilAt }) =>
    [fromAt, untilAt].map((at) => at && Math.round((+at - +minutesFromNow(0)) / 6000) / 10),
  );
const listTrail = async () =>
  (await book.db.select().from(auditEvents).orderBy(auditEvents.id)).map(({ action, staffId, details }) => ({
    action,
    staffId,
    ...details,
  }));

test("guards who fall silent together are one outage, on record, whose spans are kept; who stays silent is an alarm", async () => {
  const posts = await fallSilent(8);
  const before = (await listTrail()).length;
  await judgeAt(15.2);
  expect(await book.tell()).toEqual(["outage 15.. open ×1"]);
  expect(await listSpans()).toEqual(posts.map((_, index) => [Math.round(index / 10) / 10, null]));
  await judgeAt(39);
  for (const post of posts.slice(1)) await checkIn(db, { ...post, at: 40, meters: 5 });
  await judgeAt(40.1);
  expect((await book.list()).map(({ affectedCount, endedAt }) => [affectedCount, endedAt])).toEqual([[1, null]]);
  await judgeAt(47);
  expect(await book.tell()).toEqual(["outage 15..47 recovered ×1", "stale 15.. open ×1"]);
  const spans = await listSpans();
  expect(spans.map(([, until]) => until)).toEqual([47, 40, 40, 40, 40, 40, 40, 40]);
  expect((await listTrail()).slice(before)).toEqual([
    expect.objectContaining({ action: "alarm.raise", staffId: null, kind: "outage", shifts: 8 }),
    expect.objectContaining({ action: "alarm.end", staffId: null, kind: "outage", stillSilent: 1 }),
  ]);
  const shiftIds = posts.map(({ shiftId }) => shiftId);
  const then = await readMarks(book.db, { shiftIds, at: minutesFromNow(30) });
  expect([...then.keys()].sort()).toEqual([...shiftIds].sort());
  expect(await readMarks(book.db, { shiftIds })).toEqual(new Map());
});

test("two judgements at once, and one that is cut off, leave one outage and one span for each shift", async () => {
  await fallSilent(6);
  const write = book.write;
  const asOf = minutesFromNow(15.1);
  const cutOff = keepAlarms({
    securyflex: book.securyflex,
    write: (work) =>
      write(async (sql) => {
        await work(sql);
        throw new Error("The worker dies here.");
      }),
    asOf,
  });
  await expect(cutOff).rejects.toThrow("The worker dies here.");
  expect([await book.list(), await listSpans()]).toEqual([[], []]);
  await book.whileHeld(2, () => Promise.all([judgeAt(15.1), judgeAt(15.101)]));
  expect(await book.tell()).toEqual(["outage 15.. open ×1"]);
  expect(await listSpans()).toHaveLength(6);
});
