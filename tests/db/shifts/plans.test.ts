import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

import { getShift } from "../../../db/shifts/get-shift";
import { listShiftCheckins } from "../../../db/shifts/list-shift-events";
import { listShifts } from "../../../db/shifts/list-shifts";
import type { ShiftSort } from "../../../db/shifts/shift-order";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { explainLast } from "../../support/plan";
import { engageCast, openAsOwner } from "../live/board";

let databases: TestDatabases;
const asOf = new Date("2026-11-22T13:00:00Z");
const byCheckin = "gps_checkins_shift_id_created_at_idx";

/** Two years of shifts at a thousand locations of two hundred clients, and check-ins of those of the last weeks. */
beforeAll(async () => {
  databases = await cloneDatabases();
  const { db, close } = openAsOwner(databases.environment.DATABASE_URL as string);
  const cast = await engageCast(db);
  await db.execute(sql`
    insert into organizations (name, kind) select 'Client ' || n, 'client' from generate_series(1, 200) as n`);
  await db.execute(sql`
    insert into locations (organization_id, name, address, city, region, location_point)
    select 3 + n % 200, 'Site ' || n, 'Street', 'Town', 'Region ' || n % 12, 'SRID=4326;POINT(4.9 52.4)'
    from generate_series(1, 1000) as n`);
  await db.execute(sql`
    insert into users (role, full_name, email)
    select 'zzp', 'Guard ' || n, 'guard' || n || '@example.nl' from generate_series(1, 2000) as n`);
  await db.execute(
    sql`insert into security_professionals (user_id) select id from users where full_name like 'Guard %'`,
  );
  await db.execute(sql`
    insert into shifts (company_id, client_id, location_id, professional_id, status, start_datetime, end_datetime,
                        hourly_rate, updated_at)
    select ${cast.companyId}, 3 + n % 200, 1 + n % 1000, case when n % 10 > 0 then 3 + n % 2000 end,
           case when n < 15000 then 'completed' when n % 40 = 0 then 'draft' else 'published' end,
           start, start + (4 + n % 5) * interval '1 hour', 20 + n % 40, start - (n % 100) * interval '1 hour'
    from generate_series(1, 20000) as n,
         lateral (select ${asOf.toISOString()}::timestamptz + (n - 15000) * interval '1 hour' as start) as planned`);
  await db.execute(sql`
    insert into gps_checkins (shift_id, professional_id, kind, gps_point, is_within_radius, recorded_at, created_at)
    select id, ${cast.guardId}, 'ping', 'SRID=4326;POINT(4.8926 52.3731)'::geography, true, heard, heard
    from shifts, generate_series(0, 450, 30) as minute,
         lateral (select start_datetime + minute * interval '1 minute' as heard) as ping
    where abs(extract(epoch from start_datetime - ${asOf.toISOString()}::timestamptz)) < 86400 * 40`);
  await db.execute(sql`vacuum analyze`);
  await close();
});
afterAll(() => databases.drop());

/** The index that the doc of listShifts names for each order; `id` is the primary key. */
const indexOf: Record<ShiftSort["by"], string[]> = {
  id: ["shifts_pkey"],
  start: ["shifts_start_datetime_end_datetime_status_idx"],
  end: ["shifts_end_datetime_start_datetime_id_idx"],
  updated: ["shifts_updated_at_start_datetime_id_idx"],
  rate: ["shifts_hourly_rate_start_datetime_id_idx"],
  status: ["shifts_status_start_datetime_id_idx"],
  location: ["locations_name_idx", "shifts_location_id_start_datetime_idx"],
  client: ["organizations_name_idx", "shifts_client_id_start_datetime_idx"],
  guard: ["users_full_name_idx", "shifts_professional_id_start_datetime_idx"],
};

const orders = Object.entries(indexOf) as [ShiftSort["by"], string[]][];

test.each(orders)(
  "by %s, either way, the page walks the index that is named and reads no table whole",
  async (by, indexes) => {
    for (const isDescending of [false, true]) {
      const sort = { by, isDescending };
      const question = { filter: {}, sort, limit: 51 };
      // Descending, the guards come after those whom nobody has.
      const beyondNobody = { stretch: 0, key: "~", startAt: "2100-01-01T00:00:00.000000Z", id: 1 };
      let position = by === "guard" && isDescending ? { side: "after" as const, position: beyondNobody } : undefined;
      for (const place of ["first page", "next page"]) {
        const plan = await explainLast(databases.environment, async (db) => {
          const page = await listShifts(db, { ...question, beside: position });
          const last = page.at(-1);
          if (last) position = { side: "after" as const, position: last.position as typeof beyondNobody };
        });
        const where = `${place}, ${isDescending ? "descending" : "ascending"}`;
        expect(plan.indexes, where).toEqual(expect.arrayContaining(indexes));
        expect(plan.scannedWhole, where).not.toContain("shifts");
        expect(plan.scannedWhole, where).not.toContain("gps_checkins");
        const probes = plan.nodes.filter((node) => node["Index Name"] === byCheckin);
        expect(
          probes.map((node) => node["Actual Loops"]),
          where,
        ).toEqual([51, 51]);
      }
    }
  },
);

test("a window of starts and a state are judged inside the index of the order", async () => {
  for (const by of ["end", "updated", "rate"] as const) {
    const filter = { startsFrom: asOf, statuses: ["draft"] as const, isWithoutGuard: true };
    const plan = await explainLast(databases.environment, (db) =>
      listShifts(db, { filter, sort: { by, isDescending: false }, limit: 51 }),
    );
    expect(plan.scannedWhole).not.toContain("shifts");
  }
});

test("a shift and its check-ins are found by key", async () => {
  const shift = await explainLast(databases.environment, (db) => getShift(db, 15_000));
  expect(shift.indexes).toContain("shifts_pkey");
  const checkins = await explainLast(databases.environment, (db) => listShiftCheckins(db, 15_000));
  expect(checkins.indexes).toContain(byCheckin);
  expect(checkins.scannedWhole).not.toContain("gps_checkins");
});
