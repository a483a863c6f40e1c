import { inArray } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type Database, openClient, type Sql } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import * as schema from "../../../db/schema";
import { finqleTransactions, incidents } from "../../../db/schema";
import { getShift } from "../../../db/shifts/get-shift";
import { listShiftCheckins, listShiftIncidents, listShiftPayments } from "../../../db/shifts/list-shift-events";
import { listShifts, type ShiftFilter, type ShiftOrder } from "../../../db/shifts/list-shifts";
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

async function ids(filter: ShiftFilter, order: ShiftOrder = "start", afterId?: number, limit = 10) {
  return (await listShifts(db, { filter, order, afterId, limit })).map(({ id }) => id);
}

test("shifts come by start, either way, and a page goes on where the last one ended", async () => {
  expect(await ids({})).toEqual([early, middle, open]);
  expect(await ids({}, "-start")).toEqual([open, middle, early]);
  expect(await ids({}, "start", early, 1)).toEqual([middle]);
  expect(await ids({}, "-start", middle)).toEqual([early]);
});

test("shifts of the same minute are each shown once across pages", async () => {
  const twins = [await planShift(owner.db, cast, { from: 900, to: 960, status: "published", professionalId: null })];
  for (let n = 0; n < 3; n += 1) {
    twins.push(await planShift(owner.db, cast, { from: 900, to: 960, status: "published", professionalId: null }));
  }
  const seen: number[] = [];
  for (let after: number | undefined = open; ; after = seen.at(-1)) {
    const page = await ids({}, "start", after, 3);
    if (page.length === 0) break;
    seen.push(...page);
  }
  expect(seen).toEqual(twins);
  await owner.db.delete(schema.shifts).where(inArray(schema.shifts.id, twins));
});

test("status, date and text narrow the list; digits are a shift's own number", async () => {
  expect(await ids({ status: "published" })).toEqual([open]);
  expect(await ids({ bound: minutesFromNow(-60) })).toEqual([middle, open]);
  expect(await ids({ bound: minutesFromNow(-60) }, "-start")).toEqual([early]);
  expect(await ids({ text: "de boer" })).toEqual([middle]);
  expect(await ids({ text: "amsterDAM" })).toEqual([early, middle, open]);
  expect(await ids({ text: "kroon", status: "active" })).toEqual([middle]);
  expect(await ids({ text: "vesting" })).toHaveLength(3);
  expect(await ids({ text: String(middle) })).toEqual([middle]);
  expect(await ids({ text: "%" })).toEqual([]);
  expect(await ids({ text: "nobody" })).toEqual([]);
});

test("a row tells its last check-in and its count; of who sent nothing it says nothing", async () => {
  const rows = await listShifts(db, { filter: {}, order: "start", limit: 10 });
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
  expect(Object.keys(checkins[0] ?? {}).sort()).toEqual(["at", "id", "kind", "verdict"]);
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
