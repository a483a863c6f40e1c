import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { openClient, type Sql } from "../../../../db/connections";
import { loginUrl } from "../../../../db/environment";
import { densityTile } from "../../../../db/live/tiles/density-tile";
import { locationsTile } from "../../../../db/live/tiles/locations-tile";
import { positionsTile } from "../../../../db/live/tiles/positions-tile";
import type { TileQuery } from "../../../../db/live/tiles/tile";
import { cloneDatabases, type TestDatabases } from "../../../support/databases";
import { readTile } from "../../../support/read-tile";
import { type Cast, checkIn, engageCast, minutesFromNow, now, openAsOwner, planShift } from "../board";

let databases: TestDatabases;
let owner: ReturnType<typeof openAsOwner>;
let cast: Cast;
let sql: Sql;

beforeAll(async () => {
  databases = await cloneDatabases();
  owner = openAsOwner(databases.environment.DATABASE_URL as string);
  cast = await engageCast(owner.db);
  sql = openClient(loginUrl(databases.environment, "console_read"), { max: 1, applicationName: "tests" });
});
afterAll(async () => {
  await Promise.all([owner.close(), sql.end()]);
  await databases.drop();
});
beforeEach(async () => {
  await owner.db.execute("truncate shifts, gps_checkins, ops_last_positions cascade");
});

/** The tile of a zoom in which the Dam stands. */
function damAt(zoom: number) {
  const latitude = (52.3731 * Math.PI) / 180;
  return {
    zoom,
    x: Math.floor(((4.8926 + 180) / 360) * 2 ** zoom),
    y: Math.floor(((1 - Math.asinh(Math.tan(latitude)) / Math.PI) / 2) * 2 ** zoom),
  };
}

async function draw(query: TileQuery) {
  const [row] = await query;
  return readTile(row?.mvt as Buffer).flatMap(({ features }) => features);
}

const positions = (asOf = now, zoom = 14) => draw(positionsTile(sql, damAt(zoom), { asOf }));

test("the last position of a guard at work is drawn, with its verdict and its time, without a name", async () => {
  const shiftId = await planShift(owner.db, cast, { from: -60, to: 300, status: "active" });
  await checkIn(owner.db, { shiftId, guardId: cast.guardId, at: -50, meters: 0 });
  await checkIn(owner.db, { shiftId, guardId: cast.guardId, at: -5, meters: 100 });
  expect(await positions()).toEqual([
    {
      kind: "point",
      x: expect.any(Number),
      y: expect.any(Number),
      properties: { shift: shiftId, verdict: "outside", at: minutesFromNow(-5).getTime() / 1000 },
    },
  ]);
});

test("an older position that arrives late never covers a newer one, alone or among others", async () => {
  const shiftId = await planShift(owner.db, cast, { from: -60, to: 300, status: "active" });
  await checkIn(owner.db, { shiftId, guardId: cast.guardId, at: -5, meters: 0 });
  await checkIn(owner.db, { shiftId, guardId: cast.guardId, at: -20, meters: 400 });
  await owner.db.execute(`
    insert into gps_checkins (shift_id, professional_id, kind, gps_point, recorded_at, created_at)
    select ${shiftId}, ${cast.guardId}, 'ping', 'SRID=4326;POINT(4.9 52.4)', at, at
    from generate_series('${minutesFromNow(-40).toISOString()}'::timestamptz, '${minutesFromNow(-10).toISOString()}'::timestamptz, '1 minute') as at`);
  const [position] = await positions();
  expect(position?.properties).toMatchObject({ verdict: "inside", at: minutesFromNow(-5).getTime() / 1000 });
});

test("a guard is on the map from 30 minutes before the shift to 30 minutes after, and not a minute longer", async () => {
  const shiftId = await planShift(owner.db, cast, { from: 0, to: 60 });
  await checkIn(owner.db, { shiftId, guardId: cast.guardId, at: -31, meters: 0 });
  expect(await positions(minutesFromNow(-30)), "heard before anyone may know").toEqual([]);
  await checkIn(owner.db, { shiftId, guardId: cast.guardId, at: -30, meters: 0 });
  expect(await positions(minutesFromNow(-29))).toHaveLength(1);
  expect(await positions(minutesFromNow(90))).toHaveLength(1);
  expect(await positions(minutesFromNow(91))).toEqual([]);
});

test("who was replaced is no longer on the map", async () => {
  const shiftId = await planShift(owner.db, cast, { from: -60, to: 300, status: "active" });
  await checkIn(owner.db, { shiftId, guardId: cast.guardId, at: -5, meters: 0 });
  await owner.db.execute(`update shifts set professional_id = ${cast.otherGuardId}`);
  expect(await positions()).toEqual([]);
});

test("a check-in that no map can show is taken, and leaves no position", async () => {
  const shiftId = await planShift(owner.db, cast, { from: -60, to: 300, status: "active" });
  for (const point of ["POINT(0 90)", "POINT(0 -90)", "POINT EMPTY", "POINT(180 0)"]) {
    await owner.db.execute(`
      insert into gps_checkins (shift_id, professional_id, kind, gps_point, recorded_at)
      values (${shiftId}, ${cast.otherGuardId}, 'ping', 'SRID=4326;${point}', now())`);
  }
  expect(await owner.db.execute("select st_x(point)::integer as x from ops_last_positions")).toEqual([{ x: 20037508 }]);
});

test("a location has its name from zoom 12; far out locations are counted", async () => {
  const at = (zoom: number) => draw(locationsTile(sql, damAt(zoom)));
  expect((await at(12)).map(({ properties }) => properties)).toEqual([
    { id: cast.locationId, name: "De Kroon, front desk" },
  ]);
  expect((await at(11)).map(({ properties }) => properties)).toEqual([{ id: cast.locationId }]);
  expect((await at(7)).map(({ properties }) => properties)).toEqual([{ count: 1 }]);
});

test("near by each check-in of the window is drawn once with its verdict, and where there are too many, squares count all", async () => {
  const shiftId = await planShift(owner.db, cast, { from: -120, to: 300, status: "active" });
  for (const [at, meters] of [
    [-200, 0], // before anyone may know
    [-110, 0],
    [-50, 100],
    [-40, 45],
  ] as const) {
    await checkIn(owner.db, { shiftId, guardId: cast.guardId, at, meters });
  }
  const near = () => draw(densityTile(sql, damAt(14), { hours: 24, asOf: now }));
  const verdicts = (await near()).map(({ kind, properties: { inside, outside, uncertain } }) =>
    [kind, inside, outside, uncertain].join(),
  );
  expect(verdicts.sort()).toEqual(["point,0,0,1", "point,0,1,0", "point,1,0,0"]);
  expect(await draw(densityTile(sql, damAt(14), { hours: 1, asOf: now })), "since a whole hour").toHaveLength(2);

  await owner.db.execute(`
    insert into ops_checkin_cells
    select 1, 13, ${damAt(13).x}, ${damAt(13).y}, '${now.toISOString()}', cell, 4, 0, 0 from generate_series(0, 4095) as cell`);
  const squares = await near();
  expect(squares.every(({ kind }) => kind === "polygon")).toBe(true);
  expect(squares).toHaveLength(1024);
});
