import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient, type Sql } from "../../../db/connections";
import { seedSecuryflex } from "../../../db/local/seed/seed";
import { type Scale, scales } from "../../../db/local/seed/sizes";
import { selectGuardHome } from "../../../db/local/simulator/guard-home";
import { Simulation } from "../../../db/local/simulator/simulation";
import { startSimulator } from "../../../db/local/simulator/simulator";
import { tellCheckIns } from "../../../db/local/story/check-ins";
import { tellGuardStory } from "../../../db/local/story/guard-story";
import { day, hour, minute, second } from "../../../db/local/story/instant";
import { paceOf } from "../../../db/local/story/pace";
import type { ShiftState } from "../../../db/rules/live/shift-states";
import { openDatabaseProxy } from "../../support/database-proxy";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { explainQuery } from "../../support/plan";
import { until } from "../../support/until";
import { listDisagreements } from "./assignments-agree";
import { countBoardStates, judgedStates } from "./board-states";

const seed = 11;
const seededAt = Date.parse("2026-11-22T14:07:00Z");
const scale: Scale = { ...scales.small, guardCount: 700, shiftsPerDay: 60, fullHours: 4, stagedOfEach: 1 };

let databases: TestDatabases;
let url: string;
let sql: Sql;
/** The simulated present; each test goes on where the one before stopped. */
let at = seededAt;

beforeAll(async () => {
  databases = await cloneDatabases();
  url = databases.environment.DATABASE_URL as string;
  await seedSecuryflex(url, { size: "small", scale, seed, asOf: new Date(seededAt) });
  sql = openClient(url, { max: 2, applicationName: "tests" });
});

afterAll(async () => {
  await sql.end();
  await databases.drop();
});

async function count(query: Promise<{ count: string }[]>): Promise<number> {
  return Number((await query)[0]?.count);
}

const iso = (instant: number) => new Date(instant).toISOString();

test("at 60x every state of the board comes by within ninety minutes, across a restart", async () => {
  const seen = new Set<ShiftState>();
  let simulation = new Simulation(seed, 60);
  for (let steps = 1; steps <= 90; steps++) {
    at += minute;
    while ((await simulation.step(sql, at)).isBehind);
    if (steps === 45) simulation = new Simulation(seed, 60);
    if (seen.size === judgedStates.length) continue;
    for (const state of Object.keys(await countBoardStates(url, new Date(at)))) seen.add(state as ShiftState);
  }
  expect([...seen].sort()).toEqual([...judgedStates].sort());
}, 120_000);

test("assignments say who has each shift and since when, as its changes told", async () => {
  expect(await listDisagreements(sql)).toEqual([]);
  const began = sql`select count(*) from assignments where began_at > ${iso(seededAt)}::timestamptz`;
  expect(await count(began as unknown as Promise<{ count: string }[]>)).toBeGreaterThan(10);
});

test("guards came late and not at all, left, fell silent and were late to report; the control room answered", async () => {
  const since = iso(seededAt);
  const happened = {
    late: sql`select count(*) from gps_checkins join shifts on shifts.id = shift_id
              where kind = 'in' and recorded_at > start_datetime + interval '5 minutes' and gps_checkins.created_at > ${since}`,
    noShow: sql`select count(*) from shifts where status = 'assigned' and start_datetime < ${iso(at - 30 * minute)}::timestamptz`,
    outside: sql`select count(*) from gps_checkins join shifts on shifts.id = shift_id
                 where not is_within_radius and status = 'active' and gps_checkins.created_at > ${since}`,
    buffered: sql`select count(*) from gps_checkins where created_at - recorded_at > interval '5 minutes' and created_at > ${since}`,
    completed: sql`select count(*) from shifts where status = 'completed' and end_datetime > ${since}`,
    called: sql`select count(*) from shifts where post = 'Short call' and status in ('active', 'completed')`,
    closed: sql`select count(*) from incidents where reported_at > ${since} and acknowledged_at < closed_at`,
    paid: sql`select count(*) from finqle_transactions where created_at > ${since}`,
    told: sql`select count(*) from notifications where created_at > ${since}`,
  };
  for (const [name, query] of Object.entries(happened)) {
    expect(await count(query as unknown as Promise<{ count: string }[]>), name).toBeGreaterThan(0);
  }
});

test("no check-in is written twice, none is in the future, and none is missing after the restart", async () => {
  expect(
    await count(sql`
      select count(*) from (
        select from gps_checkins group by shift_id, professional_id, recorded_at, kind having count(*) > 1
      ) as twice`),
  ).toBe(0);
  expect(await count(sql`select count(*) from gps_checkins where created_at > ${iso(at)}::timestamptz`)).toBe(0);

  const shifts = await sql<(Record<string, number> & { written: number[] })[]>`
    select shifts.id::float8, professional_id::float8 as "professionalId", radius_meters as "radiusMeters",
           extract(epoch from start_datetime)::float8 * 1000 as "startAt",
           extract(epoch from end_datetime)::float8 * 1000 as "endAt",
           round(extract(epoch from assigned_at) * 1000)::float8 as "assignedAt",
           st_x(location_point::geometry) as longitude, st_y(location_point::geometry) as latitude,
           location_id::float8 as "locationId",
           array(select round(extract(epoch from recorded_at) * 1000)::float8 from gps_checkins
                 where shift_id = shifts.id order by created_at) as written
    from shifts join locations on locations.id = location_id
    where post = 'Short call' and status in ('active', 'completed')
  `;
  expect(shifts.length).toBeGreaterThan(20);
  for (const shift of shifts) {
    const { id: shiftId, longitude, latitude, locationId, radiusMeters, startAt, written, ...rest } = shift;
    const story = tellGuardStory(seed, { shiftId, startAt, ...rest } as never, paceOf(60));
    const site = { locationId, point: { longitude, latitude }, radiusMeters } as never;
    const told = [...tellCheckIns(story, site, undefined, { fullFrom: 0, everyMs: 0 })]
      .filter(({ createdAt }) => createdAt <= at)
      .map(({ recordedAt }) => recordedAt);
    const onPost = written.filter((recordedAt) => recordedAt >= (story.arrivesAt ?? 0));
    expect(onPost, `shift ${shiftId}`).toEqual(told);
  }
});

test("after days off line shifts that went by are closed, and the present and the weeks ahead are full", async () => {
  at += 3 * day + 5 * hour;
  const simulation = new Simulation(seed, 1);
  for (let steps = 0; steps < 80; steps++) {
    while ((await simulation.step(sql, at)).isBehind);
    at += second;
  }
  const left = await sql`
    select id, status, start_datetime from shifts
    where status not in ('completed', 'cancelled') and end_datetime < ${iso(at - 20 * minute)}::timestamptz
  `;
  expect([...left]).toEqual([]);
  expect(
    await count(sql`
      select count(*) from shifts where status = 'completed' and end_datetime > ${iso(at - 2 * day)}::timestamptz
        and exists (select from gps_checkins where shift_id = shifts.id and kind = 'in')`),
  ).toBeGreaterThan(50);
  expect(await count(sql`select count(*) from shifts where status = 'active'`)).toBeGreaterThan(8);
  const days = await sql<{ count: number }[]>`
    select count(*)::int from shifts where start_datetime > ${iso(at)}::timestamptz group by date_trunc('day', start_datetime)
  `;
  expect(days.length).toBeGreaterThanOrEqual(14);
  const counts = days.map(({ count }) => count).sort((one, other) => other - one);
  expect(counts[12]).toBeGreaterThan(30);
});

test("a refusal of the database holds back one shift and not the day", async () => {
  const soon = iso(at + 30 * minute);
  await sql`
    update security_professionals set vca_certificate = null
    where id in (select professional_id from shifts where status = 'assigned' and start_datetime > ${soon}::timestamptz)
  `;
  const before = await count(sql`select count(*) from gps_checkins`);
  const simulation = new Simulation(seed, 1);
  for (let steps = 0; steps < 30; steps++, at += 5 * minute) while ((await simulation.step(sql, at)).isBehind);
  expect(await count(sql`select count(*) from gps_checkins`)).toBeGreaterThan(before);
  const heldBack = sql`
    select count(*) from shifts where status = 'assigned'
      and exists (select from gps_checkins where shift_id = shifts.id and kind = 'in')
  `;
  expect(await count(heldBack as unknown as Promise<{ count: string }[]>)).toBeGreaterThan(0);
});

test("it outlives an outage of the database, says so once, runs beside a second one and stops at once", async () => {
  const startedAt = performance.now();
  const clock = () => new Date(at + (performance.now() - startedAt) * 60);
  const proxy = await openDatabaseProxy(url);
  const errors: unknown[] = [];
  const options = { speed: 60, seed, onError: (error: unknown) => errors.push(error), clock } as const;
  const simulators = [
    await startSimulator(proxy.through(url), options),
    await startSimulator(url, { ...options, onError: () => {} }),
  ];
  try {
    const newest = async () => Number((await sql<{ id: string }[]>`select max(id) as id from gps_checkins`)[0]?.id);
    const first = await newest();
    await until(async () => (await newest()) > first);
    await proxy.cut();
    await until(() => errors.length > 0);
    await simulators[1]?.stop();
    await proxy.restore();
    const later = await newest();
    await until(async () => (await newest()) > later, { withinSeconds: 20 });
    expect(errors).toHaveLength(1);
    expect(
      await count(sql`
        select count(*) from (select from gps_checkins group by shift_id, professional_id, recorded_at, kind having count(*) > 1) as twice`),
    ).toBe(0);
  } finally {
    const stoppingAt = performance.now();
    await Promise.all(simulators.map((simulator) => simulator.stop()));
    expect(performance.now() - stoppingAt).toBeLessThan(3000);
    await proxy.close();
  }
});

test("guards open their apps, which reads every check-in until an index leads to their own", async () => {
  const simulator = await startSimulator(url, { speed: 1, seed, onError: () => {}, clock: () => new Date(at) });
  const opened = sql`
    select sum(calls) as count from pg_stat_statements
    where dbid = (select oid from pg_database where datname = current_database()) and query like '%"checkinCount"%'`;
  await until(async () => (await count(opened as unknown as Promise<{ count: string }[]>)) > 0).finally(simulator.stop);

  await sql`analyze gps_checkins`;
  const [guard] = await sql<[{ id: string }]>`select professional_id as id from gps_checkins limit 1`;
  const planOf = () => explainQuery(sql, selectGuardHome(sql, { professionalId: Number(guard.id), asOf: at }));
  expect((await planOf()).scannedWhole).toEqual(["gps_checkins"]);
  await sql`create index own_checkins on gps_checkins (professional_id, created_at)`;
  expect(await planOf()).toMatchObject({ indexes: ["own_checkins"], scannedWhole: [] });
});
