import { and, eq, isNull, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { closeConnections, type Database, securyflex } from "../../../db/connections";
import { listShiftsAround, type ShiftAround } from "../../../db/live/list-shifts-around";
import { Random } from "../../../db/local/story/random";
import { incidents, shifts } from "../../../db/schema";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { until } from "../../support/until";
import { type Cast, checkIn, engageCast, minutesFromNow, openAsOwner, planShift } from "./board";

let databases: TestDatabases;
let owner: ReturnType<typeof openAsOwner>;
let cast: Cast;
let db: Database;

beforeAll(async () => {
  databases = await cloneDatabases();
  Object.assign(process.env, databases.environment);
  owner = openAsOwner(databases.environment.DATABASE_URL as string);
  cast = await engageCast(owner.db);
  db = securyflex("console_read");
});

beforeEach(async () => {
  await owner.db.execute(sql`truncate shifts, gps_checkins, incidents cascade`);
});

afterAll(async () => {
  await closeConnections();
  await owner.close();
  await databases.drop();
});

const boardOf = (asOf: Date) => listShiftsAround(db, { asOf, isPast: true });
const change = (id: number, values: Partial<typeof shifts.$inferInsert>) =>
  owner.db.update(shifts).set(values).where(eq(shifts.id, id));

test("the board says at each moment what it said then: published, assigned, replaced, cancelled", async () => {
  const id = await planShift(owner.db, cast, {
    ...{ from: 60, to: 300, status: "draft", professionalId: null, createdAt: minutesFromNow(-90) },
  });
  await change(id, { status: "published", publishedAt: minutesFromNow(-60) });
  await change(id, { status: "assigned", professionalId: cast.guardId, assignedAt: minutesFromNow(-40) });
  await change(id, { professionalId: cast.otherGuardId, assignedAt: minutesFromNow(-20) });
  await change(id, { status: "cancelled", cancelledAt: minutesFromNow(-10), cancelReason: "client request" });

  const told = async (minutes: number) =>
    (await boardOf(minutesFromNow(minutes))).map(({ status, guard }) => [status, guard?.fullName ?? null]);
  expect(await told(-61)).toEqual([]);
  expect(await told(-59)).toEqual([["published", null]]);
  expect(await told(-41)).toEqual([["published", null]]);
  expect(await told(-39)).toEqual([["assigned", "Sanne Bakker"]]);
  expect(await told(-21)).toEqual([["assigned", "Sanne Bakker"]]);
  expect(await told(-19)).toEqual([["assigned", "Tim de Boer"]]);
  expect(await told(-11)).toEqual([["assigned", "Tim de Boer"]]);
  expect(await told(-9)).toEqual([]);
  expect(await told(0)).toEqual([]);
});

test("check-ins are those of the guard of that time, and none that came later", async () => {
  const shiftId = await planShift(owner.db, cast, {
    ...{ from: -60, to: 300, createdAt: minutesFromNow(-90), assignedAt: minutesFromNow(-80) },
  });
  await checkIn(owner.db, { shiftId, guardId: cast.guardId, at: -61, meters: 5, kind: "in" });
  await checkIn(owner.db, { shiftId, guardId: cast.guardId, at: -50, meters: 300 });
  await change(shiftId, { professionalId: cast.otherGuardId, assignedAt: minutesFromNow(-30) });
  await checkIn(owner.db, { shiftId, guardId: cast.otherGuardId, at: -20, meters: 5, kind: "in" });

  const seen = async (minutes: number) => (await boardOf(minutesFromNow(minutes)))[0]?.checkins.length;
  expect(await seen(-62)).toBe(0);
  expect(await seen(-55)).toBe(1);
  expect(await seen(-49)).toBe(2);
  expect(await seen(-29)).toBe(0);
  expect(await seen(-19)).toBe(1);
});

test("an incident is open until it was acknowledged or closed", async () => {
  const shiftId = await planShift(owner.db, cast, { from: -60, to: 300, createdAt: minutesFromNow(-90) });
  const report = { shiftId, severity: "high", summary: "Break-in" } as const;
  await owner.db.insert(incidents).values([
    { ...report, reportedAt: minutesFromNow(-30), acknowledgedAt: minutesFromNow(-20), closedAt: minutesFromNow(-5) },
    { ...report, reportedAt: minutesFromNow(-15), closedAt: minutesFromNow(-10) },
  ]);
  const reportedAt = async (minutes: number, isPast: boolean) =>
    (await listShiftsAround(db, { asOf: minutesFromNow(minutes), isPast }))[0]?.openIncident?.reportedAt;
  for (const isPast of [true, false]) {
    expect(await reportedAt(-31, isPast)).toBeUndefined();
    expect(await reportedAt(-21, isPast)).toEqual(minutesFromNow(-30));
    expect(await reportedAt(-19, isPast)).toBeUndefined();
    expect(await reportedAt(-11, isPast)).toEqual(minutesFromNow(-15));
    expect(await reportedAt(-9, isPast)).toBeUndefined();
  }
});

test("a shift that was moved stands at its former hour until it was", async () => {
  const begin = new Date();
  const span = { startDatetime: minutesFrom(begin, -60), endDatetime: minutesFrom(begin, 60) };
  const id = await planShift(owner.db, cast, { from: 0, to: 1, ...span, createdAt: minutesFrom(begin, -90) });
  const before = await betweenStatements();
  await change(id, { startDatetime: minutesFrom(begin, 1440), endDatetime: minutesFrom(begin, 1500) });
  const after = await betweenStatements();
  expect(await boardOf(before)).toMatchObject([{ id, startAt: span.startDatetime, endAt: span.endDatetime }]);
  expect(await boardOf(after)).toEqual([]);
});

/** What people and phones do to three shifts, at random; the last word of each is what the product would write. */
async function act(random: Random, ids: number[]): Promise<void> {
  const id = random.pick(ids);
  const guardId = random.pick([cast.guardId, cast.otherGuardId]);
  const at = new Date();
  const deed = random.pick([
    () => change(id, { status: "published", professionalId: null, publishedAt: at }),
    () => change(id, { status: "assigned", professionalId: guardId, assignedAt: at }),
    () => change(id, { professionalId: guardId, assignedAt: at }),
    () => change(id, { professionalId: guardId }),
    () => change(id, { status: "active" }),
    () => change(id, { status: "completed" }),
    () => change(id, { status: "cancelled", cancelledAt: at, cancelReason: "sick" }),
    () => change(id, { status: "cancelled" }),
    () => change(id, { status: "draft" }),
    () => change(id, { startDatetime: minutesFrom(at, random.integer(-200, 200)), endDatetime: minutesFrom(at, 210) }),
    () => owner.db.insert(incidents).values({ shiftId: id, severity: "high", summary: "Fire" }),
    () => respond(id, { acknowledgedAt: at }, incidents.acknowledgedAt),
    () => respond(id, { closedAt: at }, incidents.closedAt),
    () => checkInNow(id, guardId, random.pick([5, 45, 300])),
    () => checkInNow(id, guardId, random.pick([5, 45, 300])),
  ]);
  await deed();
}

const minutesFrom = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);

const respond = (shiftId: number, values: Partial<typeof incidents.$inferInsert>, column: PgColumn) =>
  owner.db
    .update(incidents)
    .set(values)
    .where(and(eq(incidents.shiftId, shiftId), isNull(column)));

async function checkInNow(shiftId: number, guardId: number, meters: number): Promise<void> {
  const at = (Date.now() - minutesFromNow(0).getTime()) / 60_000;
  await checkIn(owner.db, { shiftId, guardId, at, meters, kind: "ping" });
}

/** After every statement that has ended, by a clock that shows milliseconds. */
async function betweenStatements(): Promise<Date> {
  const endedAt = Date.now();
  await until(() => Date.now() > endedAt + 1, { everyMs: 1 });
  return new Date();
}

test("whatever happened, the board of a moment is the board that was live at that moment", async () => {
  const random = new Random(20261122, "history");
  await owner.db.execute(sql`alter table shifts disable trigger shifts_require_certificates`);
  await owner.db.execute(sql`alter table shifts drop constraint shifts_no_double_booking`);
  const begin = new Date();
  const span = { startDatetime: minutesFrom(begin, -30), endDatetime: minutesFrom(begin, 200) };
  const ids: number[] = [];
  const witnessed: { asOf: Date; board: ShiftAround[] }[] = [];
  for (let step = 0; step < 240; step++) {
    if (step % 60 === 0) ids.push(await planShift(owner.db, cast, { from: 0, to: 1, ...span, createdAt: new Date() }));
    await act(random, ids);
    const asOf = await betweenStatements();
    witnessed.push({ asOf, board: await listShiftsAround(db, { asOf }) });
  }
  expect(new Set(witnessed.map(({ board }) => JSON.stringify(board))).size).toBeGreaterThan(60);
  for (const { asOf, board } of witnessed) expect(await boardOf(asOf), asOf.toISOString()).toEqual(board);
}, 60_000);
