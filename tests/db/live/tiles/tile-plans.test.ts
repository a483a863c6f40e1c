import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient, type Sql } from "../../../../db/connections";
import { loginUrl } from "../../../../db/environment";
import { densityTile } from "../../../../db/live/tiles/density-tile";
import { locationsTile } from "../../../../db/live/tiles/locations-tile";
import { positionsTile } from "../../../../db/live/tiles/positions-tile";
import { cloneDatabases, type TestDatabases } from "../../../support/databases";
import { explainQuery } from "../../../support/plan";
import { engageCast, now, openAsOwner } from "../board";

let databases: TestDatabases;
let sql: Sql;

/** Posts all over the country, sixty days of shifts, and check-ins of the last two weeks with their cells. */
beforeAll(async () => {
  databases = await cloneDatabases();
  const owner = openAsOwner(databases.environment.DATABASE_URL as string);
  const cast = await engageCast(owner.db);
  await owner.db.execute(`
    insert into locations (organization_id, name, address, city, location_point)
    select ${cast.clientId}, 'Post ' || n, 'Dam 1', 'Amsterdam',
      ST_SetSRID(ST_MakePoint(3.5 + (n * 7919 % 1000) * 0.0035, 50.8 + (n * 104729 % 1000) * 0.0026), 4326)::geography
    from generate_series(1, 5000) as n`);
  await owner.db.execute(`
    insert into shifts (company_id, client_id, location_id, status, start_datetime, end_datetime, hourly_rate)
    select ${cast.companyId}, ${cast.clientId}, ${cast.locationId}, 'published', start, start + interval '8 hours', 30
    from generate_series(1, 20000) as n,
         lateral (select '${now.toISOString()}'::timestamptz + (n - 15000) * interval '4 minutes' as start) as planned`);
  await owner.db.execute(`
    insert into gps_checkins (shift_id, professional_id, kind, gps_point, accuracy_meters, is_within_radius, recorded_at, created_at)
    select shifts.id, ${cast.guardId}, 'ping',
      ST_SetSRID(ST_MakePoint(3.5 + (shifts.id * 7919 % 1000) * 0.0035, 50.8 + (shifts.id * 104729 % 1000) * 0.0026), 4326)::geography,
      10, true, heard, heard
    from shifts, generate_series(0, 475, 40) as minute,
         lateral (select start_datetime + minute * interval '1 minute' as heard) as ping
    where start_datetime between '${now.toISOString()}'::timestamptz - interval '14 days' and '${now.toISOString()}'`);
  await owner.db.execute(`
    with people as (
      insert into users (role, full_name, email) select 'zzp', 'Guard ' || n, n || '@example.nl' from generate_series(1, 3000) as n
      returning id
    ), guards as (insert into security_professionals (user_id) select id from people returning id)
    insert into ops_last_positions (professional_id, shift_id, checkin_id, point, recorded_at, created_at)
    select id, 14000 + id % 1000, id, ST_Transform(ST_SetSRID(ST_MakePoint(4.9, 52.37), 4326), 3857), heard, heard
    from guards, (values ('${now.toISOString()}'::timestamptz)) as moment (heard)`);
  await owner.db.execute(`
    insert into ops_checkin_cells
    select hours, zoom, (n * 7919 % 40) + 2080 * 2 ^ (zoom - 12), (n * 104729 % 40) + 1340 * 2 ^ (zoom - 12),
      '${now.toISOString()}'::timestamptz - n % 48 * interval '1 hour', n % 4096, 1, 1, 1
    from generate_series(1, 20000) as n, (values (1), (24)) as span (hours), (values (11), (13)) as level (zoom)
    on conflict do nothing`);
  await owner.db.execute("analyze");
  await owner.close();
  sql = openClient(loginUrl(databases.environment, "console_read"), { max: 1, applicationName: "tests" });
});
afterAll(async () => {
  await sql.end();
  await databases.drop();
});

const dam = (zoom: number) => ({ zoom, x: 8414 >> (14 - zoom), y: 5384 >> (14 - zoom) });

test("last positions walk the shifts of now, whatever the history", async () => {
  const { indexes, scannedWhole } = await explainQuery(sql, positionsTile(sql, dam(10), { asOf: now }));
  expect(indexes.filter((name) => name.startsWith("shifts_"))).toHaveLength(1);
  expect(scannedWhole).not.toContain("shifts");
  expect(scannedWhole).not.toContain("gps_checkins");
});

test("locations of a tile near by come out of their index", async () => {
  const { indexes } = await explainQuery(sql, locationsTile(sql, dam(12)));
  expect(indexes).toContain("locations_location_point_idx");
});

test.each([7, 10, 13])("density at zoom %i reads counted cells alone", async (zoom) => {
  for (const hours of [24, 336]) {
    const { indexes, nodes } = await explainQuery(sql, densityTile(sql, dam(zoom), { hours, asOf: now }));
    expect(indexes).toContain("ops_checkin_cells_pkey");
    expect(nodes.flatMap((node) => node["Relation Name"] ?? [])).toEqual(["ops_checkin_cells"]);
  }
});

test.each([14, 17])("density at zoom %i reads single check-ins of its square and window alone", async (zoom) => {
  const tile = zoom === 14 ? dam(14) : { zoom, x: 8414 * 8, y: 5384 * 8 };
  const { indexes, scannedWhole } = await explainQuery(sql, densityTile(sql, tile, { hours: 24, asOf: now }));
  expect(indexes).toEqual(expect.arrayContaining(["ops_checkin_cells_pkey", "gps_checkins_map_square_created_at_idx"]));
  expect(scannedWhole).not.toContain("gps_checkins");
  expect(scannedWhole).not.toContain("shifts");
});
