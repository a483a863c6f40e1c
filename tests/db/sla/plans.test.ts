import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { readFillRate, readGeofence, readPunctuality } from "../../../db/sla/read-metrics";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { explainLast } from "../../support/plan";
import { engageCast, openAsOwner } from "../live/board";

let databases: TestDatabases;
const asOf = new Date("2026-11-22T13:00:00Z");
const byStart = "shifts_start_datetime_end_datetime_status_idx";
const byCheckin = "gps_checkins_shift_id_created_at_idx";

/** Two years of shifts, one each hour, and a check-in each half hour of those of the last weeks. */
beforeAll(async () => {
  databases = await cloneDatabases();
  const { db, close } = openAsOwner(databases.environment.DATABASE_URL as string);
  const cast = await engageCast(db);
  await db.execute(sql`
    insert into shifts (company_id, client_id, location_id, status, start_datetime, end_datetime, hourly_rate, published_at)
    select ${cast.companyId}, ${cast.clientId}, ${cast.locationId}, 'published', start, start + interval '8 hours', 30, start
    from generate_series(-15000, 2500) as n,
         lateral (select ${asOf.toISOString()}::timestamptz + n * interval '1 hour' as start) as planned`);
  await db.execute(sql`
    insert into gps_checkins (shift_id, professional_id, kind, gps_point, is_within_radius, recorded_at, created_at)
    select id, ${cast.guardId}, 'ping', 'SRID=4326;POINT(4.8926 52.3731)'::geography, true, heard, heard
    from shifts, generate_series(0, 450, 30) as minute,
         lateral (select start_datetime + minute * interval '1 minute' as heard) as ping
    where abs(extract(epoch from start_datetime - ${asOf.toISOString()}::timestamptz)) < 86400 * 40`);
  await db.execute(sql`analyze`);
  await close();
});
afterAll(() => databases.drop());

test("each SLA metric reads only its weeks of shifts", async () => {
  for (const read of [readFillRate, readPunctuality, readGeofence]) {
    const plan = await explainLast(databases.environment, (db) => read(db, { asOf }));
    expect(plan.indexes).toContain(byStart);
    expect(plan.scannedWhole).not.toContain("shifts");
    expect(plan.scannedWhole).not.toContain("gps_checkins");
    if (read !== readFillRate) expect(plan.indexes).toContain(byCheckin);
  }
});
