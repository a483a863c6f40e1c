import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { closeConnections, type Database, securyflex } from "../../../db/connections";
import { listRecentCheckins } from "../../../db/live/list-recent-checkins";
import { listShiftsAround } from "../../../db/live/list-shifts-around";
import { incidents } from "../../../db/schema";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { type Cast, checkIn, engageCast, minutesFromNow, now, openAsOwner, planShift } from "./board";

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

const listIds = async () => (await listShiftsAround(db, { asOf: now })).map(({ id }) => id);

test("shifts within two hours of now are on the board, by start; the drafts and the cancelled are not", async () => {
  const running = await planShift(owner.db, cast, { from: -60, to: 60 });
  const ended = await planShift(owner.db, cast, { from: -600, to: -120 });
  const begins = await planShift(owner.db, cast, { from: 120, to: 400 });
  await planShift(owner.db, cast, { from: -1200, to: -121, professionalId: cast.otherGuardId });
  await planShift(owner.db, cast, { from: 401, to: 500 });
  await planShift(owner.db, cast, { from: -10, to: 50, status: "draft", professionalId: null });
  await planShift(owner.db, cast, { from: -10, to: 50, status: "cancelled", professionalId: null });

  expect(await listIds()).toEqual([ended, running, begins]);
});

test("asked for a few shifts, the board gives those of them that are on it", async () => {
  const running = await planShift(owner.db, cast, { from: -60, to: 60 });
  await planShift(owner.db, cast, { from: 60, to: 100 });
  const over = await planShift(owner.db, cast, { from: -1200, to: -121, professionalId: cast.otherGuardId });
  const listed = async (shiftIds: number[]) =>
    (await listShiftsAround(db, { asOf: now, shiftIds })).map(({ id }) => id);

  expect(await listed([over, running, 999_999])).toEqual([running]);
  expect(await listed([])).toEqual([]);
});

test("a row says where, for whom and by whom", async () => {
  const id = await planShift(owner.db, cast, { from: -60, to: 60, assignedAt: minutesFromNow(-3000) });
  const [row] = await listShiftsAround(db, { asOf: now });
  expect(row).toEqual({
    id,
    status: "assigned",
    post: "Object security",
    startAt: minutesFromNow(-60),
    endAt: minutesFromNow(60),
    guard: { id: cast.guardId, fullName: "Sanne Bakker" },
    assignedAt: minutesFromNow(-3000),
    company: "Vesting Beveiliging",
    client: "Hotel De Kroon",
    location: {
      id: cast.locationId,
      name: "De Kroon, front desk",
      city: "Amsterdam",
      region: "Noord-Holland",
      point: { longitude: 4.8926, latitude: 52.3731 },
      radiusMeters: 50,
      timeZone: "Europe/Amsterdam",
    },
    arrivedAt: null,
    checkins: [],
    openIncident: null,
  });
});

test("a shift that nobody has is there without a guard", async () => {
  await planShift(owner.db, cast, { from: 30, to: 60, status: "published", professionalId: null });
  expect(await listShiftsAround(db, { asOf: now })).toMatchObject([{ guard: null, checkins: [] }]);
});

test("check-ins come with their distance, newest first, a dozen at most, and none of the future", async () => {
  const shiftId = await planShift(owner.db, cast, { from: -60, to: 60 });
  for (let at = -20; at <= 2; at += 1) await checkIn(owner.db, { shiftId, guardId: cast.guardId, at, meters: -at });

  const [row] = await listShiftsAround(db, { asOf: now });
  expect(row?.checkins.map(({ createdAt }) => createdAt)).toEqual(
    Array.from({ length: 12 }, (_, index) => minutesFromNow(-index)),
  );
  expect(row?.checkins[11]?.distanceMeters).toBeCloseTo(11, 1);
  expect(row?.checkins[0]).toMatchObject({ kind: "ping", accuracyMeters: 10, recordedAt: now });
});

test("nothing tells where a guard is outside the shift and half an hour around it", async () => {
  const shiftId = await planShift(owner.db, cast, { from: -90, to: -45 });
  for (const at of [-121, -119, -60, -16, -14])
    await checkIn(owner.db, { shiftId, guardId: cast.guardId, at, meters: 5 });

  const heard = [-16, -60, -119].map(minutesFromNow);
  const [row] = await listShiftsAround(db, { asOf: now });
  expect(row?.checkins.map(({ createdAt }) => createdAt)).toEqual(heard);
  const recent = await listRecentCheckins(db, { shiftId, asOf: now });
  expect(recent.map(({ createdAt }) => createdAt)).toEqual(heard);
});

test("the check-ins of a guard who was replaced say nothing about the one who took over", async () => {
  const shiftId = await planShift(owner.db, cast, { from: -60, to: 60, professionalId: cast.otherGuardId });
  await checkIn(owner.db, { shiftId, guardId: cast.guardId, at: -58, meters: 5, kind: "in" });

  expect(await listShiftsAround(db, { asOf: now })).toMatchObject([{ arrivedAt: null, checkins: [] }]);
  expect(await listRecentCheckins(db, { shiftId, asOf: now })).toEqual([]);
});

test.each([
  ["an `in` at the door counts, though it is vague", { at: -2, meters: 45, kind: "in" }, minutesFromNow(-2)],
  ["an `in` from elsewhere does not", { at: -2, meters: 800, kind: "in" }, null],
  ["a ping inside counts where the `in` got lost", { at: -2, meters: 5, kind: "ping" }, minutesFromNow(-2)],
  ["a vague ping on the way does not", { at: -2, meters: 45, kind: "ping" }, null],
  ["more than an hour before the start is another visit", { at: -121, meters: 5, kind: "in" }, null],
] as const)("arrival: %s", async (_, checkin, arrivedAt) => {
  const shiftId = await planShift(owner.db, cast, { from: -60, to: 60 });
  await checkIn(owner.db, { shiftId, guardId: cast.guardId, ...checkin });
  expect(await listShiftsAround(db, { asOf: now })).toMatchObject([{ arrivedAt }]);
});

test("an incident counts while it is severe, open and unacknowledged", async () => {
  const shiftId = await planShift(owner.db, cast, { from: -60, to: 60 });
  const report = (values: Partial<typeof incidents.$inferInsert>) =>
    owner.db
      .insert(incidents)
      .values({ shiftId, severity: "high", summary: "Break-in", reportedAt: minutesFromNow(-9), ...values });
  await report({ severity: "medium" });
  await report({ acknowledgedAt: minutesFromNow(-8) });
  await report({ closedAt: minutesFromNow(-8) });
  await report({ reportedAt: minutesFromNow(1) });
  expect(await listShiftsAround(db, { asOf: now })).toMatchObject([{ openIncident: null }]);

  await report({ severity: "critical", reportedAt: minutesFromNow(-4), summary: "Fire" });
  await report({ reportedAt: minutesFromNow(-7) });
  expect(await listShiftsAround(db, { asOf: now })).toMatchObject([
    { openIncident: { severity: "high", summary: "Break-in", reportedAt: minutesFromNow(-7) } },
  ]);
});
