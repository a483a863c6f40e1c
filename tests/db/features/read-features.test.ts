import { randomBytes } from "node:crypto";

import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient, type Sql } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import { defineFeature, type FeatureReading } from "../../../db/features/feature";
import { features } from "../../../db/features/index";
import { readFeatures } from "../../../db/features/read-features";
import * as schema from "../../../db/schema";
import { cloneDatabases, type TestDatabases } from "../../support/databases";

let databases: TestDatabases;
let owner: Sql;
const opened: Sql[] = [];

function reader(url: string) {
  const client = openClient(url, { max: 1, applicationName: "tests" });
  opened.push(client);
  return drizzle(client, { schema });
}

const byId = (readings: FeatureReading[], id: string) => readings.find((reading) => reading.id === id);
const asConsoleRead = () => readFeatures(reader(loginUrl(databases.environment, "console_read")));

beforeAll(async () => {
  databases = await cloneDatabases();
  owner = openClient(databases.environment.DATABASE_URL as string, { max: 1, applicationName: "tests" });
});
afterAll(async () => {
  await Promise.all([owner, ...opened].map((client) => client.end()));
  await databases.drop();
});

test("a migrated database has all that the migrations make", async () => {
  const readings = await asConsoleRead();
  expect(readings).toHaveLength(features.length);
  const made = ["server-version", "rows", "logins", "read-restraints", "monitoring"];
  const rules = ["overlap-constraint", "certificate-rule", "publication", "map-tiles"];
  for (const id of [...made, ...rules])
    expect(byId(readings, id)).toMatchObject({ id, state: "available", remedy: null });
  expect(readings.filter(({ state }) => state === "unknown")).toEqual([]);
});

test("what is lacking comes first, says how to get it, and is there after that was done", async () => {
  for (const extension of ["hypopg", "pgstattuple", "amcheck"]) {
    await owner.unsafe(`drop extension if exists ${extension}`);
  }
  await owner`drop publication if exists supabase_realtime`;
  await owner`alter table shifts disable trigger shifts_require_certificates`;
  await owner`drop policy console_reads on incidents`;
  await owner`revoke select on notifications from console_read`;

  const wanted = ["index-advice", "exact-bloat", "block-reading", "publication", "certificate-rule", "rows"];
  for (let round = 0; round < 3; round += 1) {
    const readings = await asConsoleRead();
    const states = readings.map(({ state }) => state);
    expect(states.lastIndexOf("missing")).toBeLessThan(states.indexOf("available"));
    for (const remedy of wanted.map((id) => byId(readings, id)?.remedy)) if (remedy) await owner.unsafe(remedy);
    if (round === 0) expect(wanted.map((id) => byId(readings, id)?.state)).toEqual(Array(6).fill("missing"));
  }
  const cured = await asConsoleRead();
  expect(wanted.map((id) => byId(cured, id)?.state)).toEqual(Array(6).fill("available"));
});

test("a constraint that was dropped and a table that was never made are told apart from what is there", async () => {
  await owner`alter table shifts drop constraint shifts_no_double_booking`;
  const without = byId(await asConsoleRead(), "overlap-constraint");
  expect(without).toMatchObject({ state: "missing", remedy: null });
  expect(without?.sentence).toContain("npm run db:migrate");
  await owner`
    alter table shifts add constraint shifts_no_double_booking
    exclude using gist (professional_id with =, tstzrange(start_datetime, end_datetime, '[)') with &&)
    where (status in ('assigned', 'active'))`;
  expect(byId(await asConsoleRead(), "overlap-constraint")).toMatchObject({ state: "limited" });
});

test("a login without privileges is told what it lacks, and nothing is called available that it cannot use", async () => {
  const login = `features_${randomBytes(4).toString("hex")}`;
  await owner.unsafe(`create role ${login} login password 'features'`);
  const url = new URL(databases.environment.DATABASE_URL as string);
  url.username = login;
  url.password = "features";
  try {
    const readings = await readFeatures(reader(url.href));
    expect(byId(readings, "rows")).toMatchObject({ state: "missing" });
    expect(byId(readings, "rows")?.remedy).toContain(`to ${login};`);
    expect(byId(readings, "monitoring")).toMatchObject({ state: "missing", remedy: `grant pg_monitor to ${login};` });
    expect(byId(readings, "read-restraints")).toMatchObject({ state: "limited" });
    expect(["limited", "missing"]).toContain(byId(readings, "query-statistics")?.state);
    expect(byId(readings, "exact-bloat")?.state).toBe("missing");
  } finally {
    await owner.unsafe(`drop role ${login}`);
  }
});

test("a setting is read as it is", async () => {
  const client = openClient(databases.environment.DATABASE_URL as string, { max: 1, applicationName: "tests" });
  opened.push(client);
  const db = drizzle(client, { schema });
  await db.execute(sql`set track_io_timing = off`);
  expect(byId(await readFeatures(db), "io-timing")).toMatchObject({ state: "missing" });
  await db.execute(sql`set track_io_timing = on`);
  expect(byId(await readFeatures(db), "io-timing")).toMatchObject({ state: "available" });
});

test("what may not be read is unknown with its reason, and the others are read all the same", async () => {
  const forbidden = defineFeature({
    id: "forbidden",
    title: "Forbidden",
    purpose: "A feature of the tests.",
    needs: "nothing",
    query: sql`select count(*) from pg_authid`,
    judge: () => ({ state: "available", sentence: "never", remedy: null }),
  });
  const readings = await readFeatures(reader(loginUrl(databases.environment, "console_read")), [
    forbidden,
    ...features.slice(0, 1),
  ]);
  expect(readings).toMatchObject([
    { id: "forbidden", state: "unknown", sentence: "Not permitted for the login that reads." },
    { id: "server-version", state: "available" },
  ]);
});

test("without a server everything is unknown, and soon", async () => {
  const startedAt = performance.now();
  const readings = await readFeatures(reader("postgres://nobody@127.0.0.1:1/nothing"));
  expect(new Set(readings.map(({ state }) => state))).toEqual(new Set(["unknown"]));
  expect(readings[0]?.sentence).toBe("The server refuses connections.");
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
