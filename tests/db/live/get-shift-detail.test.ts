import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { closeConnections, type Database, securyflex } from "../../../db/connections";
import { getRecordExtent } from "../../../db/live/get-record-extent";
import { getShiftDetail } from "../../../db/live/get-shift-detail";
import { listRecentCheckins } from "../../../db/live/list-recent-checkins";
import { pruneShiftHistory } from "../../../db/live/prune-shift-history";
import { finqleTransactions, incidents, opsShiftHistory, shifts } from "../../../db/schema";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
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
  await owner.db.execute(sql`truncate shifts, gps_checkins, incidents, finqle_transactions cascade`);
});
afterAll(async () => {
  await closeConnections();
  await owner.close();
  await databases.drop();
});

const assigned = { createdAt: minutesFromNow(-500), assignedAt: minutesFromNow(-400) };
const then = (shiftId: number, minutes: number) =>
  getShiftDetail(db, { shiftId, asOf: minutesFromNow(minutes), isPast: true });

test("the drawer tells who had the shift then, and who had it before", async () => {
  const shiftId = await planShift(owner.db, cast, { from: -60, to: 300, ...assigned });
  await owner.db
    .update(shifts)
    .set({ professionalId: cast.otherGuardId, assignedAt: minutesFromNow(-30) })
    .where(eq(shifts.id, shiftId));

  expect(await then(shiftId, -31)).toMatchObject({
    guard: { id: cast.guardId, fullName: "Sanne Bakker", employment: "zzp" },
    assignments: [{ guardName: "Sanne Bakker", beganAt: minutesFromNow(-400), endedAt: null, endedReason: null }],
  });
  expect(await then(shiftId, -29)).toMatchObject({
    guard: { id: cast.otherGuardId, fullName: "Tim de Boer" },
    assignments: [
      { guardName: "Sanne Bakker", endedAt: minutesFromNow(-30), endedReason: "reassigned" },
      { guardName: "Tim de Boer", beganAt: minutesFromNow(-30), beganReason: "reassigned", endedAt: null },
    ],
  });
});

test("incidents and payments are as far as they were then", async () => {
  const shiftId = await planShift(owner.db, cast, { from: -60, to: 300, ...assigned });
  await owner.db.insert(incidents).values({
    ...{ shiftId, severity: "high", summary: "Break-in" },
    ...{ reportedAt: minutesFromNow(-30), acknowledgedAt: minutesFromNow(-20), closedAt: minutesFromNow(-10) },
  });
  await owner.db.insert(finqleTransactions).values({
    ...{ shiftId, professionalId: cast.guardId, amount: "180.00", status: "approved" },
    ...{ createdAt: minutesFromNow(-50), approvedAt: minutesFromNow(-15) },
  });
  expect(await then(shiftId, -55)).toMatchObject({ incidents: [], payments: [] });
  expect(await then(shiftId, -25)).toMatchObject({
    incidents: [{ acknowledgedAt: null, onSceneAt: null, closedAt: null }],
    payments: [{ amountEuro: 180, approvedAt: null, paidAt: null, hasFailed: false }],
  });
  expect(await then(shiftId, -5)).toMatchObject({
    incidents: [{ acknowledgedAt: minutesFromNow(-20), closedAt: minutesFromNow(-10) }],
    payments: [{ approvedAt: minutesFromNow(-15) }],
  });
});

test("a shift that was not on the board of that moment has no drawer and no trail", async () => {
  const shiftId = await planShift(owner.db, cast, { from: -600, to: -500, ...assigned });
  await checkIn(owner.db, { shiftId, guardId: cast.guardId, at: -590, meters: 5, kind: "in" });
  const trailAt = async (minutes: number) =>
    (await listRecentCheckins(db, { shiftId, asOf: minutesFromNow(minutes), isPast: true })).length;
  expect(await then(shiftId, 0)).toBeUndefined();
  expect(await trailAt(0)).toBe(0);
  expect(await then(shiftId, -395)).toBeDefined();
  expect(await trailAt(-395)).toBe(1);
});

test("the record says from when on it is whole, and how many cancelled shifts nobody can date", async () => {
  await planShift(owner.db, cast, { from: -60, to: 300, status: "cancelled", ...assigned });
  expect(await getRecordExtent(db, { asOf: minutesFromNow(0) })).toEqual({ keptSince: null, undatedCount: 1 });
  const id = await planShift(owner.db, cast, {
    from: -60,
    to: 300,
    status: "published",
    ...assigned,
    professionalId: null,
  });
  const cancelledAt = minutesFromNow(-20);
  await owner.db.update(shifts).set({ status: "cancelled", cancelledAt }).where(eq(shifts.id, id));
  expect(await getRecordExtent(db, { asOf: minutesFromNow(-30) })).toEqual({ keptSince: cancelledAt, undatedCount: 1 });
  expect(await getRecordExtent(db, { asOf: minutesFromNow(0) })).toEqual({ keptSince: cancelledAt, undatedCount: 0 });
});

test("pruning takes what no board goes back to, and leaves the rest", async () => {
  const id = await planShift(owner.db, cast, { from: -60, to: 300, ...assigned });
  for (const minutes of [-40, -30, -20]) {
    await owner.db
      .update(shifts)
      .set({ professionalId: minutes === -30 ? cast.guardId : cast.otherGuardId, assignedAt: minutesFromNow(minutes) })
      .where(eq(shifts.id, id));
  }
  expect(await pruneShiftHistory(securyflex("console_ops"), { before: minutesFromNow(-25) })).toBe(2);
  const left = await owner.db.select({ untilAt: opsShiftHistory.untilAt }).from(opsShiftHistory);
  expect(left).toEqual([{ untilAt: minutesFromNow(-20) }]);
});
