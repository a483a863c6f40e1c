import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { closeConnections, type Database, securyflex } from "../../../db/connections";
import { getGuardWhereabouts } from "../../../db/live/get-guard-whereabouts";
import { listShiftsNear } from "../../../db/live/list-shifts-near";
import { locations, securityProfessionals, shifts } from "../../../db/schema";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { type Cast, checkIn, engageCast, metersNorth, minutesFromNow, now, openAsOwner, planShift } from "./board";

let databases: TestDatabases;
let owner: ReturnType<typeof openAsOwner>;
let cast: Cast;
let db: Database;
const sites = new Map<number, number>();

beforeAll(async () => {
  databases = await cloneDatabases();
  Object.assign(process.env, databases.environment);
  owner = openAsOwner(databases.environment.DATABASE_URL as string);
  cast = await engageCast(owner.db);
  db = securyflex("console_read");
  for (const meters of [400, 900, 1500]) sites.set(meters, await openSite(meters));
});

beforeEach(async () => {
  await owner.db.execute(sql`truncate shifts, gps_checkins, incidents cascade`);
});

afterAll(async () => {
  await closeConnections();
  await owner.close();
  await databases.drop();
});

async function openSite(meters: number): Promise<number> {
  const [site] = await owner.db
    .insert(locations)
    .values({
      organizationId: cast.clientId,
      name: `Site at ${meters} m`,
      address: "Damrak",
      city: "Amsterdam",
      locationPoint: metersNorth(meters),
      radiusMeters: 50,
    })
    .returning({ id: locations.id });
  return site?.id as number;
}

const openShift = (meters: number, from = -30) =>
  planShift(owner.db, cast, {
    from,
    to: from + 120,
    locationId: sites.get(meters),
    professionalId: null,
    status: "published",
  });

const near = (radiusMeters: number, values: { asOf?: Date; isPast?: boolean } = {}) =>
  listShiftsNear(db, { asOf: now, point: metersNorth(0), radiusMeters, ...values });

test("the shifts within the radius come nearest first, with metres on the ground; the others do not", async () => {
  const [far, nearest, middle] = [await openShift(1500), await openShift(400), await openShift(900)];
  const found = await near(1000);
  expect(found.map(({ shiftId }) => shiftId)).toEqual([nearest, middle]);
  expect(found[0]?.distanceMeters).toBeCloseTo(400, -1);
  expect(found[1]?.distanceMeters).toBeCloseTo(900, -1);
  expect((await near(1600)).map(({ shiftId }) => shiftId)).toEqual([nearest, middle, far]);
  expect(await near(100)).toEqual([]);
});

test("shifts at one place come by number", async () => {
  const ids = [await openShift(400), await openShift(400), await openShift(400)];
  expect((await near(1000)).map(({ shiftId }) => shiftId)).toEqual(ids);
});

test("only shifts of the board are near", async () => {
  await openShift(400, -600);
  await openShift(400, 130);
  const cancelled = await openShift(400);
  await owner.db.execute(sql`update shifts set status = 'cancelled' where id = ${cancelled}`);
  expect(await near(1000)).toEqual([]);
});

test("in the past it is the board as it stood then", async () => {
  const moved = await openShift(400);
  await owner.db.execute(sql`update shifts set created_at = ${minutesFromNow(-6000).toISOString()}`);
  await owner.db.execute(sql`update shifts set location_id = ${sites.get(1500)} where id = ${moved}`);
  expect(await near(1000)).toEqual([]);
  expect((await near(1000, { isPast: true })).map(({ shiftId }) => shiftId)).toEqual([moved]);
});

test("a guard is where the last check-in of a running shift says", async () => {
  const shiftId = await planShift(owner.db, cast, { from: -60, to: 60, assignedAt: minutesFromNow(-600) });
  for (const at of [-50, -10]) await checkIn(owner.db, { shiftId, guardId: cast.guardId, at, meters: -at });
  const found = await getGuardWhereabouts(db, { guardId: cast.guardId, asOf: now });
  expect(found).toMatchObject({ fullName: "Sanne Bakker", homePoint: null });
  expect(found?.position).toMatchObject({ shiftId, at: minutesFromNow(-10), accuracyMeters: 10 });
  expect(found?.position?.point.latitude).toBeCloseTo(metersNorth(10).latitude, 6);
  const earlier = await getGuardWhereabouts(db, { guardId: cast.guardId, asOf: minutesFromNow(-30) });
  expect(earlier?.position?.at).toEqual(minutesFromNow(-50));
});

test("half an hour after the shift nobody knows where the guard is, and the home stands apart", async () => {
  const shiftId = await planShift(owner.db, cast, { from: -120, to: -30, assignedAt: minutesFromNow(-600) });
  await checkIn(owner.db, { shiftId, guardId: cast.guardId, at: -40, meters: 5 });
  await owner.db.update(securityProfessionals).set({ homePoint: metersNorth(5000) });
  const asOf = (minutes: number) => getGuardWhereabouts(db, { guardId: cast.guardId, asOf: minutesFromNow(minutes) });
  expect((await asOf(0))?.position).toMatchObject({ shiftId });
  expect(await asOf(1)).toMatchObject({ position: null, homePoint: metersNorth(5000) });
});

test("who gave a shift back is not watched on it any more", async () => {
  const shiftId = await planShift(owner.db, cast, { from: -60, to: 60, assignedAt: minutesFromNow(-600) });
  await checkIn(owner.db, { shiftId, guardId: cast.guardId, at: -20, meters: 5 });
  await owner.db.update(shifts).set({ professionalId: cast.otherGuardId, assignedAt: minutesFromNow(-10) });
  const position = async (guardId: number, minutes: number) =>
    (await getGuardWhereabouts(db, { guardId, asOf: minutesFromNow(minutes) }))?.position ?? null;
  expect(await position(cast.guardId, 0)).toBeNull();
  expect(await position(cast.guardId, -15)).toMatchObject({ shiftId });
  expect(await position(cast.otherGuardId, 0)).toBeNull();
});

test("there is no such guard", async () => {
  expect(await getGuardWhereabouts(db, { guardId: 999_999, asOf: now })).toBeUndefined();
});
