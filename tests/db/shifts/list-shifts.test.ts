import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type Database, openClient, type Sql } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import * as schema from "../../../db/schema";
import { finqleTransactions, incidents } from "../../../db/schema";
import { findLocations, findNamed } from "../../../db/shifts/find-named";
import { getShift } from "../../../db/shifts/get-shift";
import {
  listShiftAssignments,
  listShiftCheckins,
  listShiftIncidents,
  listShiftNotifications,
  listShiftPayments,
  listTrail,
} from "../../../db/shifts/list-shift-events";
import { listShifts } from "../../../db/shifts/list-shifts";
import type { ShiftFilter } from "../../../db/shifts/shift-filter";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { type Cast, checkIn, engageCast, minutesFromNow, openAsOwner, planShift } from "../live/board";

let databases: TestDatabases;
let owner: ReturnType<typeof openAsOwner>;
let readClient: Sql;
let db: Database;
let cast: Cast;
let early: number;
let middle: number;
let open: number;

beforeAll(async () => {
  databases = await cloneDatabases();
  owner = openAsOwner(databases.environment.DATABASE_URL as string);
  readClient = openClient(loginUrl(databases.environment, "console_read"), { max: 1, applicationName: "tests" });
  db = drizzle(readClient, { schema });
  cast = await engageCast(owner.db);
  early = await planShift(owner.db, cast, { from: -600, to: -300, status: "completed" });
  middle = await planShift(owner.db, cast, { from: -60, to: 300, status: "active", professionalId: cast.otherGuardId });
  open = await planShift(owner.db, cast, { from: 60, to: 300, status: "published", professionalId: null });
  for (const [at, meters] of [
    [-200, 0],
    [-62, 0],
    [-50, 200],
    [-40, 45],
  ] as const) {
    await checkIn(owner.db, { shiftId: middle, guardId: cast.otherGuardId, at, meters });
  }
});
afterAll(async () => {
  await Promise.all([owner.close(), readClient.end()]);
  await databases.drop();
});

const byStart = { by: "start", isDescending: false } as const;

async function ids(filter: ShiftFilter, isDescending = false) {
  const sort = { by: "start", isDescending } as const;
  return (await listShifts(db, { filter, sort, limit: 10 })).map(({ id }) => id);
}

test("shifts come by start, either way", async () => {
  expect(await ids({})).toEqual([early, middle, open]);
  expect(await ids({}, true)).toEqual([open, middle, early]);
});

test("states, dates, parties and being without a guard narrow the list", async () => {
  expect(await ids({ statuses: ["published"] })).toEqual([open]);
  expect(await ids({ statuses: ["published", "completed"] })).toEqual([early, open]);
  expect(await ids({ startsFrom: minutesFromNow(-60) })).toEqual([middle, open]);
  expect(await ids({ startsBefore: minutesFromNow(-60) })).toEqual([early]);
  expect(await ids({ clientId: cast.clientId, companyId: cast.companyId })).toHaveLength(3);
  expect(await ids({ clientId: cast.companyId })).toEqual([]);
  expect(await ids({ guardIds: [cast.otherGuardId] })).toEqual([middle]);
  expect(await ids({ isWithoutGuard: true })).toEqual([open]);
  expect(await ids({ region: "Noord-Holland" })).toHaveLength(3);
  expect(await ids({ region: "Drenthe" })).toEqual([]);
  expect(await ids({ id: middle })).toEqual([middle]);
});

test("a text names guards, locations, cities, clients and companies, in any case and literally", async () => {
  const named = async (text: string) => ids({ named: await findNamed(db, text) });
  expect(await named("de boer")).toEqual([middle]);
  expect(await named("amsterDAM")).toEqual([early, middle, open]);
  expect(await named("vesting")).toHaveLength(3);
  expect(await named("kroon")).toHaveLength(3);
  expect(await named("%")).toEqual([]);
  expect(await named("nobody")).toEqual([]);
  expect(await findLocations(db, "front desk")).toEqual([cast.locationId]);
});

test("a row tells its last check-in and its count; of who sent nothing it says nothing", async () => {
  const rows = await listShifts(db, { filter: {}, sort: byStart, limit: 10 });
  expect(rows[1]).toMatchObject({
    guardName: "Tim de Boer",
    city: "Amsterdam",
    checkinCount: 3,
    lastCheckinAt: minutesFromNow(-40),
    lastVerdict: "uncertain",
  });
  expect(rows[2]).toMatchObject({ guardName: null, checkinCount: 0, lastCheckinAt: null, lastVerdict: null });
});

test("a shift is told with its guard; what does not exist is undefined", async () => {
  expect(await getShift(db, middle)).toMatchObject({
    id: middle,
    clientName: "Hotel De Kroon",
    companyName: "Vesting Beveiliging",
    hourlyRate: 30,
    overtimeRate: 1.5,
    guard: { fullName: "Tim de Boer", hasVca: true },
  });
  expect((await getShift(db, open))?.guard).toBeNull();
  expect(await getShift(db, 999_999)).toBeUndefined();
});

test("check-ins are read within the shift and 30 minutes around it, and without their positions", async () => {
  const checkins = await listShiftCheckins(db, middle);
  expect(checkins.map(({ at, verdict }) => [at, verdict])).toEqual([
    [minutesFromNow(-62), "inside"],
    [minutesFromNow(-50), "outside"],
    [minutesFromNow(-40), "uncertain"],
  ]);
  expect(Object.keys(checkins[0] ?? {})).not.toContain("point");
  expect(checkins[1]?.distanceMeters).toBeCloseTo(200, -1);
});

test("incidents and payments of a shift come oldest first", async () => {
  await owner.db.insert(incidents).values([
    { shiftId: middle, severity: "low", summary: "Later", reportedAt: minutesFromNow(-10) },
    { shiftId: middle, severity: "high", summary: "Earlier", reportedAt: minutesFromNow(-20) },
  ]);
  await owner.db
    .insert(finqleTransactions)
    .values({ shiftId: middle, professionalId: cast.otherGuardId, amount: "240.50" });
  expect((await listShiftIncidents(db, middle)).map(({ summary }) => summary)).toEqual(["Earlier", "Later"]);
  expect(await listShiftPayments(db, middle)).toMatchObject([{ amountEuro: 240.5, status: "pending" }]);
  expect(await listShiftPayments(db, early)).toEqual([]);
});

test("a trail holds the positions of the shift and 30 minutes around it, and none beyond", async () => {
  const trail = await listTrail(db, middle);
  expect(trail.map(({ at }) => at)).toEqual([minutesFromNow(-62), minutesFromNow(-50), minutesFromNow(-40)]);
  expect(trail[0]?.point).toEqual({ longitude: 4.8926, latitude: 52.3731 });
  expect(await listTrail(db, open)).toEqual([]);
});

test("who had a shift before, and what each was told of it, is part of its story", async () => {
  const { shifts, notifications } = schema;
  await owner.db.update(shifts).set({ professionalId: cast.guardId }).where(eq(shifts.id, middle));
  const held = await listShiftAssignments(db, middle);
  expect(held.map(({ guardName, endedReason }) => [guardName, endedReason])).toEqual([
    ["Tim de Boer", "reassigned"],
    ["Sanne Bakker", null],
  ]);
  const [first, second] = held.map(({ userId }) => userId) as [string, string];
  await owner.db.insert(notifications).values([
    { userId: first, type: "shift_assigned", data: { shift_id: middle }, createdAt: minutesFromNow(-90) },
    { userId: second, type: "shift_assigned", data: { shift_id: middle }, createdAt: minutesFromNow(-80) },
    { userId: second, type: "shift_assigned", data: { shift_id: early }, createdAt: minutesFromNow(-70) },
  ]);
  const told = await listShiftNotifications(db, {
    shiftId: middle,
    userIds: [first, second],
    since: minutesFromNow(-1000),
  });
  expect(told.map(({ toName }) => toName)).toEqual(["Tim de Boer", "Sanne Bakker"]);
  expect(await listShiftNotifications(db, { shiftId: middle, userIds: [], since: minutesFromNow(0) })).toEqual([]);
});
