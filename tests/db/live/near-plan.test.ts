import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { getGuardWhereabouts } from "../../../db/live/get-guard-whereabouts";
import { listShiftsNear } from "../../../db/live/list-shifts-near";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { explainLast } from "../../support/plan";
import { engageCast, metersNorth, now, openAsOwner } from "./board";

let databases: TestDatabases;
let guardId: number;

/** Six thousand locations over the country, and forty days with five shifts at each of them. */
beforeAll(async () => {
  databases = await cloneDatabases();
  const owner = openAsOwner(databases.environment.DATABASE_URL as string);
  const cast = await engageCast(owner.db);
  guardId = cast.guardId;
  await owner.db.execute(sql`
    insert into locations (organization_id, name, address, city, location_point)
    select ${cast.clientId}, 'Site ' || n, 'Straat 1', 'Stad',
           ST_SetSRID(ST_MakePoint(3.5 + 3.5 * (n * 0.618 - floor(n * 0.618)), 51 + 2.4 * n / 6000.0), 4326)::geography
    from generate_series(1, 6000) as n
  `);
  await owner.db.execute(sql`
    insert into shifts (company_id, client_id, location_id, status, start_datetime, end_datetime, hourly_rate)
    select ${cast.companyId}, ${cast.clientId}, locations.id, 'published', start, start + interval '8 hours', 30
    from locations, generate_series(1, 5) as n,
         lateral (select ${now.toISOString()}::timestamptz + ((locations.id * 7 + n * 8) % 960 - 480) * interval '1 hour' as start) as planned
  `);
  await owner.db.execute(sql`
    insert into assignments (shift_id, professional_id, began_at, began_reason, ended_at, ended_reason)
    select id, ${cast.otherGuardId}, start_datetime, 'assigned', start_datetime, 'unassigned' from shifts
  `);
  await owner.db.execute(sql`
    insert into gps_checkins (shift_id, professional_id, kind, gps_point, accuracy_meters, is_within_radius, recorded_at, created_at)
    select id, ${cast.otherGuardId}, 'ping', 'SRID=4326;POINT(4.8926 52.3731)'::geography, 10, true, start_datetime, start_datetime
    from shifts
  `);
  await owner.db.execute(sql`analyze shifts, locations, gps_checkins, assignments`);
  await owner.close();
}, 60_000);

afterAll(async () => {
  await databases.drop();
});

test.each([
  ["now", false],
  ["in the past", true],
])("the shifts around a place %s are found by the index of the locations", async (_, isPast) => {
  const { indexes, scannedWhole } = await explainLast(databases.environment, (db) =>
    listShiftsNear(db, { asOf: now, isPast, point: metersNorth(0), radiusMeters: 2000 }),
  );
  expect(indexes).toContain("locations_location_point_idx");
  expect(scannedWhole).not.toContain("locations");
  if (!isPast) expect(scannedWhole).not.toContain("shifts");
});

test("a guard is found by the assignments of that guard", async () => {
  const { indexes, scannedWhole } = await explainLast(databases.environment, (db) =>
    getGuardWhereabouts(db, { guardId, asOf: now }),
  );
  expect(indexes).toContain("assignments_professional_id_began_at_idx");
  expect(scannedWhole).not.toContain("gps_checkins");
  expect(scannedWhole).not.toContain("shifts");
});
