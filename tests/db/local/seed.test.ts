import { createHash } from "node:crypto";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { Sql } from "../../../db/connections";
import { openClient } from "../../../db/connections";
import { malformedDates } from "../../../db/local/seed/certificates";
import { listDutchPlaces, provinceNames } from "../../../db/local/seed/dutch-places";
import { isSeeded, seedSecuryflex } from "../../../db/local/seed/seed";
import { type Scale, scales } from "../../../db/local/seed/sizes";
import { drawTables } from "../../../db/local/seed/tables";
import { runSeedCommand } from "../../../db/local/seed-command";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { listDisagreements } from "./assignments-agree";
import { countBoardStates, judgedStates } from "./board-states";

const asOf = new Date("2026-11-22T14:07:00Z");
const tiny: Scale = { ...scales.small, guardCount: 300, shiftsPerDay: 40, stagedOfEach: 1 };

let databases: TestDatabases;
let url: string;
let sql: Sql;

beforeAll(async () => {
  databases = await cloneDatabases();
  url = databases.environment.DATABASE_URL as string;
  expect(await isSeeded(url)).toBe(false);
  await seedSecuryflex(url, { size: "small", seed: 7, asOf });
  sql = openClient(url, { max: 1, applicationName: "tests" });
});

afterAll(async () => {
  await sql.end();
  await databases.drop();
});

async function one(query: Promise<Record<string, unknown>[]>): Promise<Record<string, number>> {
  const [row] = await query;
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, Number(value)]));
}

test("the board at that moment shows hundreds of shifts and each of its states", async () => {
  const counts = await countBoardStates(url, asOf);
  expect(Object.keys(counts).sort()).toEqual([...judgedStates].sort());
  expect(counts["on-post"]).toBeGreaterThan(80);
  expect(counts["on-post"]).toBeLessThan(350);
});

test("the same seed gives the same rows in every table, another seed gives others", async () => {
  const hashes = async (seed: number) =>
    (await drawTables({ seed, scale: tiny, asOf: asOf.getTime() })).map(({ table, rows }) => {
      const hash = createHash("sha256");
      for (const row of rows) hash.update(JSON.stringify(row));
      return `${table} ${hash.digest("hex")}`;
    });
  const [first, again, other] = [await hashes(7), await hashes(7), await hashes(8)];
  expect(again).toEqual(first);
  expect(other.filter((hash) => first.includes(hash))).toEqual([]);
});

test("at night, on a Christmas morning and when summer time ends each state of the board finds its shifts", async () => {
  for (const moment of ["2026-11-24T02:40:00Z", "2026-12-25T08:00:00Z", "2026-10-25T00:59:00Z"]) {
    const tables = await drawTables({ seed: 3, scale: tiny, asOf: Date.parse(moment) });
    expect(tables.flatMap(({ table, rows }) => (table === "shifts" ? [...rows] : [])).length).toBeGreaterThan(1500);
  }
});

test("whatever the minute, somebody is late and not yet missed", async () => {
  const lateAges = [5, 25].map((minutes) => minutes * 60_000) as [number, number];
  for (let minute = 0; minute < 15; minute += 1) {
    const asOf = Date.parse("2026-11-24T10:00:00Z") + minute * 60_000;
    const tables = await drawTables({ seed: 3, scale: { ...tiny, shiftsPerDay: 0 }, asOf });
    const shifts = tables.find(({ table }) => table === "shifts");
    const [status, startAt] = ["status", "start_datetime"].map((name) => shifts?.columns.indexOf(name) as number);
    const ages = [...(shifts?.rows ?? [])]
      .filter((row) => row[status as number] === "assigned")
      .map((row) => asOf - Date.parse(String(row[startAt as number])));
    expect(ages.filter((age) => age > lateAges[0] && age < lateAges[1])).toHaveLength(1);
  }
});

test("locations stand in every province, as many in a town as people live there", async () => {
  const regions = await sql<{ region: string }[]>`select distinct region from locations order by region`;
  expect(regions.map(({ region }) => region)).toEqual([...provinceNames].sort());

  const cities = await sql<{ city: string; count: string }[]>`select city, count(*) from locations group by city`;
  const counts = new Map(cities.map(({ city, count }) => [city, Number(count)]));
  const places = (await listDutchPlaces()).slice(0, 100);
  const pairs = places.map(({ name, population }) => [population, counts.get(name) ?? 0] as const);
  expect(correlation(pairs)).toBeGreaterThan(0.9);
});

test("each location lies by its town, and its address has the shape of a Dutch one", async () => {
  const places = new Map((await listDutchPlaces()).toReversed().map((place) => [place.name, place]));
  const rows = await sql<{ city: string; longitude: number; latitude: number; postalCode: string; address: string }[]>`
    select city, st_x(location_point::geometry) as longitude, st_y(location_point::geometry) as latitude,
           postal_code as "postalCode", address
    from locations
  `;
  expect(rows).toHaveLength(5000);
  for (const { city, longitude, latitude, postalCode, address } of rows) {
    expect(postalCode).toMatch(/^[1-9]\d{3} [A-Z]{2}$/);
    expect(address).toMatch(/^\p{Lu}[\p{L} ]+ \d+/u);
    expect(longitude).toBeGreaterThan(3.2);
    expect(longitude).toBeLessThan(7.4);
    expect(latitude).toBeGreaterThan(50.6);
    expect(latitude).toBeLessThan(53.7);
    expect(places.has(city)).toBe(true);
  }
});

test("certificates come in every state, and the database reads none of the malformed ones as valid", async () => {
  const states = await one(sql`
    select
      count(*) filter (where vca_valid_until > ${asOf.toISOString()}::timestamptz + interval '30 days') as valid,
      count(*) filter (where vca_valid_until between ${asOf.toISOString()}::timestamptz
                         and ${asOf.toISOString()}::timestamptz + interval '30 days') as soon,
      count(*) filter (where vca_valid_until < ${asOf.toISOString()}::timestamptz) as ended,
      count(*) filter (where vca_certificate is null) as missing,
      count(*) filter (where vca_certificate is not null and not vca_certificate ? 'valid_until') as undated,
      count(*) filter (where vca_certificate ? 'valid_until' and vca_valid_until is null) as malformed,
      count(*) filter (where guard_pass_restriction is not null) as restricted,
      count(*) filter (where guard_pass_valid_until is null) as "withoutPass"
    from security_professionals
  `);
  for (const count of Object.values(states)) expect(count).toBeGreaterThan(5);
  expect(states.valid).toBeGreaterThan(1400);

  const readable = await sql`
    select written from jsonb_array_elements(${sql.json(malformedDates as string[])}) as written
    where certificate_valid_until(jsonb_build_object('valid_until', written)) is not null
  `;
  expect([...readable]).toEqual([]);
});

test("nobody stands on two shifts, and few rest less than eleven hours", async () => {
  const { overlaps, short, all } = await one(sql`
    select count(*) filter (where rest < interval '0') as overlaps, count(*) filter (where rest < interval '11 hours') as short,
           count(*) as all
    from (
      select start_datetime - lag(end_datetime) over (partition by professional_id order by start_datetime) as rest
      from shifts where professional_id is not null and status in ('assigned', 'active', 'completed')
    ) as worked
    where rest is not null
  `);
  expect(overlaps).toBe(0);
  expect(short as number).toBeGreaterThan(0);
  expect((short as number) / (all as number)).toBeLessThan(0.02);
});

test("each shift stands where its times say", async () => {
  const wrong = await one(sql`
    select
      count(*) filter (where status in ('assigned', 'draft', 'published') and end_datetime < asof) as over,
      count(*) filter (where status = 'completed' and end_datetime > asof) as early,
      count(*) filter (where status = 'active' and (start_datetime > asof + interval '1 hour' or professional_id is null)) as idle,
      count(*) filter (where (status = 'cancelled') <> (cancel_reason is not null and cancelled_at is not null)) as unexplained,
      count(*) filter (where status in ('assigned', 'active', 'completed') and assigned_at is null) as unassigned,
      count(*) filter (where published_at > assigned_at or assigned_at > start_datetime or created_at > published_at) as disordered,
      count(*) filter (where greatest(created_at, updated_at, published_at, assigned_at, cancelled_at) > asof) as future
    from shifts, (select ${asOf.toISOString()}::timestamptz as asof) as moment
  `);
  expect(Object.entries(wrong).filter(([, count]) => count > 0)).toEqual([]);
});

test("assignments say who has each shift since when, and who had the cancelled ones", async () => {
  expect(await listDisagreements(sql)).toEqual([]);
  const { ended } = await one(sql`select count(*) as ended from assignments where ended_at is not null`);
  expect(ended).toBeGreaterThan(100);
  const [callOffs] = await sql`
    select count(*)::int as count, bool_and(given.ended_at > given.began_at and given.ended_at < next.began_at) as ordered
    from assignments as given
    join assignments as next on next.shift_id = given.shift_id and next.id <> given.id and next.ended_at is null
    where given.ended_at is not null`;
  expect(callOffs?.count).toBeGreaterThan(20);
  expect(callOffs?.ordered).toBe(true);
});

test("the changes of a shift lead from its draft to what it is, at the instants that its columns name", async () => {
  const wrong = await sql`
    with told as (
      select ops_shift_history.*, lead(status) over changes as next, row_number() over changes as number
      from ops_shift_history
      window changes as (partition by shift_id order by until_at)
    )
    select told.*
    from told
    join shifts on shifts.id = shift_id
    where case coalesce(next, shifts.status)
      when 'published' then (told.status, until_at) is distinct from ('draft', published_at)
      when 'assigned' then (told.status, until_at) is distinct from ('published', shifts.assigned_at)
      when 'active' then (told.status, told.professional_id) is distinct from ('assigned', shifts.professional_id)
      when 'completed' then told.status <> 'active' or until_at < shifts.end_datetime
      when 'cancelled' then until_at is distinct from cancelled_at
      else true
    end
    limit 5
  `;
  expect([...wrong]).toEqual([]);
  const { days } = await one(
    sql`select ${asOf.toISOString()}::date - min(until_at)::date as days from ops_shift_history`,
  );
  expect(days).toBe(15);
});

test("the board of last night shows other shifts, in the states of a night", async () => {
  const night = new Date(asOf.getTime() - 11 * 3_600_000);
  const counts = await countBoardStates(url, night, { isPast: true });
  expect(counts["on-post"]).toBeGreaterThan(20);
  expect(counts.completed).toBeGreaterThan(0);
  expect(counts.upcoming).toBeGreaterThan(0);
});

test("each verdict follows from the distance and the accuracy, and most check-ins are inside", async () => {
  const { wrong, all, inside, uncertain, outside } = await one(sql`
    select
      count(*) filter (where is_within_radius is distinct from case
        when accuracy_meters is null then null
        when distance + accuracy_meters <= radius_meters then true
        when distance - accuracy_meters > radius_meters then false
      end and abs(abs(distance - radius_meters) - coalesce(accuracy_meters, 1e6)) > 0.5 + distance / 200) as wrong,
      count(*) as all,
      count(*) filter (where is_within_radius) as inside,
      count(*) filter (where is_within_radius is null) as uncertain,
      count(*) filter (where not is_within_radius) as outside
    from (
      select gps_checkins.*, radius_meters, st_distance(gps_point, location_point) as distance
      from gps_checkins
      join shifts on shifts.id = shift_id
      join locations on locations.id = location_id
    ) as seen
  `);
  expect(wrong).toBe(0);
  expect((inside as number) / (all as number)).toBeGreaterThan(0.85);
  expect((uncertain as number) / (all as number)).toBeGreaterThan(0.01);
  expect((uncertain as number) / (all as number)).toBeLessThan(0.12);
  expect((outside as number) / (all as number)).toBeGreaterThan(0.01);
});

test("work has the rhythm of a day and a week, and payments the age of their shifts", async () => {
  const { nights, mornings, smallHours } = await one(sql`
    select count(*) filter (where hour in (22, 23)) as nights, count(*) filter (where hour in (6, 7)) as mornings,
           count(*) filter (where hour in (2, 3, 4)) as "smallHours"
    from (select extract(hour from start_datetime at time zone 'Europe/Amsterdam') as hour from shifts) as starts
  `);
  expect(Math.min(nights as number, mornings as number)).toBeGreaterThan(1000);
  expect(smallHours as number).toBeLessThan(50);
  const payments = await sql<{ status: string }[]>`select distinct status from finqle_transactions order by status`;
  expect(payments.map(({ status }) => status)).toEqual(["approved", "failed", "paid", "pending"]);
  const { unpaid } = await one(sql`
    select count(*) as unpaid from finqle_transactions join shifts on shifts.id = shift_id
    where finqle_transactions.status in ('pending', 'approved') and end_datetime < ${asOf.toISOString()}::timestamptz - interval '14 days'
  `);
  expect(unpaid).toBe(0);
});

test("a seed is no news, and what is written after it is", async () => {
  const told = async () => (await sql`select topic, op from ops_outbox`).map((row) => ({ ...row }));
  expect(await told()).toEqual([]);
  await sql`update shifts set post = post where id = 1`;
  expect(await told()).toEqual([{ topic: "shift", op: "update" }]);
  await sql`delete from ops_outbox`;
});

test("the next row of a table gets a free id", async () => {
  const rows = await sql`
    insert into notifications (user_id, type) select id, 'test' from users limit 1 returning id
  `;
  expect(rows).toHaveLength(1);
  await expect(sql`insert into organizations (name, kind) values ('Na de zaai', 'client')`).resolves.toBeDefined();
});

test("a database that holds rows is not filled again", async () => {
  expect(await isSeeded(url)).toBe(true);
  await expect(seedSecuryflex(url, { size: "small", seed: 7, asOf })).rejects.toThrow(/already holds organizations/);
});

test("the command fills no database that the environment names, and asks for words it knows", async () => {
  await expect(runSeedCommand([], { namedUrl: url })).rejects.toThrow(/a database of your own/);
  await expect(runSeedCommand(["--size", "huge"])).rejects.toThrow(/--size small, medium or large/);
  await expect(runSeedCommand(["--colour"])).rejects.toThrow(/--size small, medium or large/);
});

/** Pearson's, of pairs. */
function correlation(pairs: (readonly [number, number])[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(pairs.map(([one]) => one)), mean(pairs.map(([, two]) => two))];
  const product = mean(pairs.map(([one, two]) => (one - x) * (two - y)));
  const spread = (at: 0 | 1, centre: number) => Math.sqrt(mean(pairs.map((pair) => (pair[at] - centre) ** 2)));
  return product / (spread(0, x) * spread(1, y));
}
