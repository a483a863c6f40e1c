import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { type Database, openClient, type Sql } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import { type DayCount, tallyWindows } from "../../../db/rules/sla/day-counts";
import * as schema from "../../../db/schema";
import { gpsCheckins, locations, shifts } from "../../../db/schema";
import { readFillRate, readGeofence, readPunctuality } from "../../../db/sla/read-metrics";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { type Cast, engageCast, openAsOwner } from "../live/board";

let databases: TestDatabases;
let owner: ReturnType<typeof openAsOwner>;
let readClient: Sql;
let db: Database;
let cast: Cast;
const asOf = new Date("2026-11-22T13:00:00Z");

beforeAll(async () => {
  databases = await cloneDatabases();
  owner = openAsOwner(databases.environment.DATABASE_URL as string);
  cast = await engageCast(owner.db);
  readClient = openClient(loginUrl(databases.environment, "console_read"), { max: 1, applicationName: "tests" });
  db = drizzle(readClient, { schema });
});
beforeEach(async () => {
  await owner.db.delete(gpsCheckins);
  await owner.db.delete(shifts);
});
afterAll(async () => {
  await Promise.all([owner.close(), readClient.end()]);
  await databases.drop();
});

/** A completed shift of eight hours with the first guard, published three days before, unless `values` say otherwise. */
async function work(start: string, values: Partial<typeof shifts.$inferInsert> = {}): Promise<number> {
  const startDatetime = new Date(start);
  const [shift] = await owner.db
    .insert(shifts)
    .values({
      companyId: cast.companyId,
      clientId: cast.clientId,
      locationId: cast.locationId,
      professionalId: cast.guardId,
      status: "completed",
      startDatetime,
      endDatetime: new Date(+startDatetime + 8 * 3_600_000),
      publishedAt: new Date(+startDatetime - 3 * 86_400_000),
      assignedAt: new Date(+startDatetime - 2 * 86_400_000),
      hourlyRate: "30.00",
      ...values,
    })
    .returning({ id: shifts.id });
  return shift?.id as number;
}

type Report = {
  minutes: number;
  kind?: "in" | "ping" | "out";
  isWithinRadius?: boolean | null;
  heardMinutesLater?: number;
};

async function report(shiftId: number, start: string, reports: Report[]): Promise<void> {
  for (const { minutes, kind = "in", isWithinRadius = true, heardMinutesLater = 0 } of reports) {
    const recordedAt = new Date(Date.parse(start) + minutes * 60_000);
    await owner.db.insert(gpsCheckins).values({
      shiftId,
      professionalId: cast.guardId,
      kind,
      gpsPoint: { longitude: 4.89, latitude: 52.37 },
      isWithinRadius,
      accuracyMeters: 10,
      recordedAt,
      createdAt: new Date(+recordedAt + heardMinutesLater * 60_000),
    });
  }
}

const current = async (days: Promise<DayCount[]>) => tallyWindows(await days).current;

test("a day without shifts counts nothing, which is not zero percent", async () => {
  expect(await readFillRate(db, { asOf })).toEqual([]);
  expect(await current(readFillRate(db, { asOf }))).toEqual({ hits: 0, of: 0, uncertain: 0, leftOut: 0 });
});

test("slots count as filled by who was accepted at the start; drafts and early withdrawals are left out", async () => {
  await work("2026-11-20T09:00:00Z");
  await work("2026-11-20T09:00:00Z", { professionalId: null, status: "published", assignedAt: null, headcount: 3 });
  await work("2026-11-19T09:00:00Z", { assignedAt: new Date("2026-11-19T09:10:00Z") });
  await work("2026-11-18T09:00:00Z", {
    status: "cancelled",
    professionalId: null,
    cancelReason: "no guard available",
    cancelledAt: new Date("2026-11-18T12:00:00Z"),
  });
  await work("2026-11-18T09:00:00Z", { status: "draft", professionalId: null, publishedAt: null });
  const withdrawn = { status: "cancelled", professionalId: null, cancelReason: "client request" } as const;
  await work("2026-11-17T09:00:00Z", { ...withdrawn, cancelledAt: new Date("2026-11-16T09:00:00Z") });
  await work("2026-11-17T09:00:00Z", { ...withdrawn, cancelledAt: new Date("2026-11-16T09:00:01Z") });
  expect(await current(readFillRate(db, { asOf }))).toEqual({ hits: 1, of: 7, uncertain: 0, leftOut: 2 });
});

test("the window holds seven full local days: today is out, local midnight decides, the week before is apart", async () => {
  await work("2026-11-21T23:30:00Z"); // 22 November in Amsterdam
  await work("2026-11-21T22:30:00Z", { professionalId: cast.otherGuardId });
  await work("2026-11-14T23:00:00Z");
  await work("2026-11-14T22:59:00Z", { professionalId: cast.otherGuardId });
  await work("2026-11-07T22:59:00Z");
  const days = await readFillRate(db, { asOf });
  expect(days.map(({ date, daysAgo }) => [date, daysAgo]).sort()).toEqual([
    ["2026-11-14", 8],
    ["2026-11-15", 7],
    ["2026-11-21", 1],
  ]);
  const { current: week, previous } = tallyWindows(days);
  expect([week.of, previous.of]).toEqual([2, 1]);
});

test("a shift belongs to the date of its own location", async () => {
  const [away] = await owner.db
    .insert(locations)
    .values({
      organizationId: cast.clientId,
      name: "Kralendijk",
      address: "Kaya Grandi 1",
      city: "Kralendijk",
      locationPoint: { longitude: -68.27, latitude: 12.15 },
      timeZone: "America/Kralendijk",
    })
    .returning({ id: locations.id });
  await work("2026-11-22T03:00:00Z", { locationId: away?.id as number });
  expect((await readFillRate(db, { asOf })).map(({ date }) => date)).toEqual(["2026-11-21"]);
});

test("on time is up to five minutes late, a no-show is thirty; an `in` outside is none, an uncertain one is one", async () => {
  const day = (date: number) => `2026-11-${date}T09:00:00Z`;
  const guard = async (date: number, reports: Report[]) => report(await work(day(date)), day(date), reports);
  await guard(15, [{ minutes: 5 }]);
  await guard(16, [{ minutes: 5.1 }]);
  await guard(17, [{ minutes: -60, isWithinRadius: null }]);
  await guard(18, [
    { minutes: 2, isWithinRadius: false },
    { minutes: 2, kind: "ping" },
  ]);
  await guard(19, [{ minutes: 31 }]);
  await guard(20, [{ minutes: 3, heardMinutesLater: 45 }]);
  await guard(21, [{ minutes: -61 }]);
  await work(day(21), { professionalId: null, assignedAt: null, status: "published" });
  const { onTime, noShow } = await readPunctuality(db, { asOf });
  expect(tallyWindows(onTime).current).toMatchObject({ hits: 3, of: 7 });
  expect(tallyWindows(noShow).current).toMatchObject({ hits: 3, of: 7 });
});

test("uncertain check-ins are counted apart, those before the start and after the end not at all", async () => {
  const start = "2026-11-20T09:00:00Z";
  await report(await work(start), start, [
    { minutes: -5 },
    { minutes: 0 },
    { minutes: 10, kind: "ping" },
    { minutes: 20, kind: "ping", isWithinRadius: false },
    { minutes: 30, kind: "ping", isWithinRadius: null },
    { minutes: 481, kind: "out" },
  ]);
  expect(await current(readGeofence(db, { asOf }))).toEqual({ hits: 2, of: 3, uncertain: 1, leftOut: 0 });
});
