import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { type Database, openClient, type Sql } from "../../../../db/connections";
import { loginUrl } from "../../../../db/environment";
import { countCheckins } from "../../../../db/live/tiles/count-checkins";
import { densityWindow } from "../../../../db/rules/live/density-window";
import * as schema from "../../../../db/schema";
import { cloneDatabases, type TestDatabases } from "../../../support/databases";
import { onDatabase } from "../../../support/on-database";
import { type Cast, engageCast, now, openAsOwner, planShift } from "../board";

let databases: TestDatabases;
let owner: ReturnType<typeof openAsOwner>;
let cast: Cast;
let client: Sql;
let operate: Database;

beforeAll(async () => {
  databases = await cloneDatabases();
  owner = openAsOwner(databases.environment.DATABASE_URL as string);
  cast = await engageCast(owner.db);
  client = openClient(loginUrl(databases.environment, "console_ops"), { max: 2, applicationName: "tests" });
  operate = drizzle(client, { schema });
});
afterAll(async () => {
  await Promise.all([owner.close(), client.end()]);
  await databases.drop();
});
beforeEach(async () => {
  await owner.db.execute("truncate shifts, gps_checkins, ops_checkin_cells, ops_checkin_counts cascade");
});

/** One a statement of `count` check-ins around the Dam, heard within the last `hours`. */
function insertCheckins(
  sql: Sql | { unsafe: Sql["unsafe"] },
  shiftId: number,
  count: number,
  hours: number,
  guardId = cast.guardId,
) {
  return sql.unsafe(`
    insert into gps_checkins (shift_id, professional_id, kind, gps_point, accuracy_meters, is_within_radius, recorded_at, created_at)
    select ${shiftId}, ${guardId}, 'ping',
      ST_SetSRID(ST_MakePoint(4.8926 + random() * 0.5 - 0.25, 52.3731 + random() * 0.3 - 0.15), 4326)::geography, 10,
      (array[true, false, null])[1 + floor(random() * 3)::integer], at, at
    from (
      select '${now.toISOString()}'::timestamptz - random() * interval '${hours} hours' as at
      from generate_series(1, ${count})
    ) as heard`);
}

const cells = () =>
  owner.db.execute(
    "select * from ops_checkin_cells where inside + outside + uncertain > 0 order by hours, zoom, at, tile_x, tile_y, cell",
  );

const count = () => countCheckins(operate, { asOf: now });
const longShift = () => planShift(owner.db, cast, { from: -40 * 1440, to: 1440, status: "active" });

/** Check-ins and verdicts of a window by a plain count over all rows, and by the cells of each zoom. */
async function bothCounts(hours: number) {
  const { since, cellHours } = densityWindow(hours, now);
  const verdicts = "inside, outside, uncertain";
  const [raw] = await owner.db.execute(`
    select count(*) filter (where is_within_radius)::integer as inside,
           count(*) filter (where not is_within_radius)::integer as outside,
           count(*) filter (where is_within_radius is null)::integer as uncertain
    from gps_checkins where created_at >= '${since.toISOString()}'`);
  const byZoom = await owner.db.execute(`
    select ${verdicts.replaceAll(/\w+/g, "sum($&)::integer as $&")} from ops_checkin_cells
    where hours = ${cellHours} and at >= '${since.toISOString()}' group by zoom`);
  return { raw, byZoom: [...byZoom] };
}

test("cells count what a count over the rows counts, in each window and at each zoom, and a rebuild gives the same", async () => {
  const shiftId = await longShift();
  expect((await count()).kind).toBe("rebuilt");
  for (const [rows, hours] of [
    [400, 1],
    [700, 30],
    [900, 336],
    [50, 900],
  ] as const) {
    await onDatabase(databases.environment.DATABASE_URL as string, (sql) => insertCheckins(sql, shiftId, rows, hours));
    expect((await count()).kind).toBe("counted");
  }
  for (const hours of [1, 6, 24, 48, 168, 336]) {
    const { raw, byZoom } = await bothCounts(hours);
    expect(byZoom).toEqual(Array.from({ length: 6 }, () => raw));
  }
  const counted = await cells();
  expect(counted.length).toBeGreaterThan(1_000);
  await countCheckins(operate, { asOf: now, isRebuildAsked: true });
  expect(await cells()).toEqual(counted);
});

test("a check-in that commits after later ones were counted is counted once", async () => {
  const shiftId = await longShift();
  await count();
  const url = databases.environment.DATABASE_URL as string;
  await onDatabase(url, async (late) => {
    let commit = () => {};
    const mayCommit = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let inserted = () => {};
    const isInserted = new Promise<void>((resolve) => {
      inserted = resolve;
    });
    const transaction = late.begin(async (sql) => {
      // Of another guard: the last position of one guard is written by one transaction after the other.
      await insertCheckins(sql as unknown as Sql, shiftId, 5, 1, cast.otherGuardId);
      inserted();
      await mayCommit;
    });
    await isInserted;
    await onDatabase(url, (sql) => insertCheckins(sql, shiftId, 7, 1));
    await count();
    expect(await total()).toBe(7);
    commit();
    await transaction;
    await count();
    expect(await total()).toBe(12);
    await count();
    expect(await total()).toBe(12);
  });
});

test("counting while writers commit, by two workers at once, loses and doubles nothing", async () => {
  const shiftId = await longShift();
  await count();
  const url = databases.environment.DATABASE_URL as string;
  let isWriting = true;
  const writers = Array.from({ length: 4 }, () =>
    onDatabase(url, async (sql) => {
      for (let statement = 0; statement < 15; statement += 1) {
        await sql.begin(async (transaction) => {
          await insertCheckins(transaction as unknown as Sql, shiftId, 4, 20);
          await transaction`select pg_sleep(random() * 0.02)`;
        });
      }
    }),
  );
  const workers = Array.from({ length: 2 }, async () => {
    while (isWriting)
      await count().catch((error: Error) => expect((error.cause as { code: string }).code).toBe("40001"));
  });
  await Promise.all(writers);
  isWriting = false;
  await Promise.all(workers);
  await count();
  expect(await total()).toBe(240);
});

test("a cursor that cannot be continued leads to a count of everything, and so does a day, which forgets what was removed", async () => {
  const shiftId = await longShift();
  await onDatabase(databases.environment.DATABASE_URL as string, (sql) => insertCheckins(sql, shiftId, 20, 1));
  await count();
  await owner.db.execute("update ops_checkin_counts set cursor = 'of another life'");
  expect((await count()).kind).toBe("rebuilt");
  await owner.db.execute("delete from gps_checkins where id in (select id from gps_checkins limit 3)");
  expect((await count()).kind).toBe("counted");
  expect(await total()).toBe(20);
  const nextDay = new Date(now.getTime() + 86_400_000);
  expect((await countCheckins(operate, { asOf: nextDay })).kind).toBe("rebuilt");
  expect(await total()).toBe(17);
});

test("check-ins beyond 30 minutes around the shift are in no cell", async () => {
  const shiftId = await planShift(owner.db, cast, { from: -60, to: -30, status: "completed" });
  await onDatabase(databases.environment.DATABASE_URL as string, (sql) => insertCheckins(sql, shiftId, 300, 3));
  await count();
  const [watched] = await owner.db.execute(`
    select count(*)::integer as checkins from gps_checkins
    where created_at between '${new Date(now.getTime() - 90 * 60_000).toISOString()}' and '${now.toISOString()}'`);
  expect(await total()).toBe(watched?.checkins);
  expect(watched?.checkins).toBeLessThan(300);
});

async function total(): Promise<number> {
  const [row] = await owner.db.execute(
    "select coalesce(sum(inside + outside + uncertain), 0)::integer as total from ops_checkin_cells where hours = 24 and zoom = 13",
  );
  return row?.total as number;
}
