import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import { grantLogins } from "../../../db/migrations/logins";
import { migrateDown, migrateUp } from "../../../db/migrations/migrate";
import { readMigrations, securyflexMigrations } from "../../../db/migrations/migration-files";
import * as schema from "../../../db/schema";
import { createEmptyDatabase } from "../../support/databases";
import { dumpSchema } from "../../support/dump-schema";
import { onDatabase } from "../../support/on-database";
import { people, playScene } from "../../support/scene";
import { supabaseLayout } from "../../support/supabase";
import { testSecret } from "../../support/templates";

const migrations = readMigrations(securyflexMigrations);
let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let found: string;

beforeAll(async () => {
  database = await createEmptyDatabase();
  await run(supabaseLayout);
  found = await dumpSchema(database.url);
  await migrateUp(database.url, migrations);
  await onDatabase(database.url, playScene);
});
afterAll(() => database.drop());

const run = (statement: string) => onDatabase(database.url, (sql) => sql.unsafe(statement));

test("what Supabase made is adopted, not made again", async () => {
  const adopted = await run("select name from console_migrations.ledger where origin = 'adopted' order by version");
  expect(adopted.map(({ name }) => name)).toEqual(["postgis", "auth_schema", "auth_uid", "supabase_realtime"]);
  const extensions = await run(
    "select extname as name, extnamespace::regnamespace::text as schema from pg_extension where extname <> 'plpgsql'",
  );
  expect(extensions.filter(({ schema }) => schema !== "extensions")).toEqual([]);
});

test("its publication carries its own table and the four of the console", async () => {
  const tables = await run(
    "select tablename from pg_publication_tables where pubname = 'supabase_realtime' order by 1",
  );
  expect(tables.map(({ tablename }) => tablename)).toEqual([
    "finqle_transactions",
    "gps_checkins",
    "incidents",
    "messages",
    "shifts",
  ]);
});

test("a person signed in by its token sees own rows, and anonymous visitors none in spite of their grants", async () => {
  const shiftsOf = (role: string, claims: string) =>
    onDatabase(database.url, (sql) =>
      sql.begin(async (transaction) => {
        await transaction`select set_config('request.jwt.claims', ${claims}, true)`;
        await transaction.unsafe(`set local role ${role}`);
        return (await transaction<{ id: string }[]>`select id from shifts order by id`).map(({ id }) => Number(id));
      }),
    );
  expect(await shiftsOf("authenticated", JSON.stringify({ sub: people.company }))).toEqual([1, 4, 5]);
  expect(await shiftsOf("authenticated", JSON.stringify({ sub: people.guard }))).toEqual([1, 3]);
  expect(await shiftsOf("authenticated", "{}")).toEqual([]);
  expect(await shiftsOf("anon", "{}")).toEqual([]);
});

test("the console's roles find PostGIS in `extensions` and write points through Drizzle", async () => {
  const environment = { DATABASE_URL: database.url, CONSOLE_SECRET: testSecret };
  await grantLogins(environment, "owner");
  const client = openClient(loginUrl(environment, "console_admin"), { max: 1, applicationName: "tests" });
  const db = drizzle(client, { schema });
  const locationPoint = { longitude: 5.1214, latitude: 52.0907 };
  await db
    .insert(schema.locations)
    .values({ organizationId: 2, name: "De Kroon, Utrecht", address: "Domplein 1", city: "Utrecht", locationPoint });
  const rows = await db.query.locations.findMany({ where: (location, { eq }) => eq(location.city, "Utrecht") });
  await client.end();
  expect(rows.map((row) => row.locationPoint)).toEqual([locationPoint]);

  const reader = openClient(loginUrl(environment, "console_read"), { max: 1, applicationName: "tests" });
  const [far] = await reader`
    select ST_Distance(one.location_point, two.location_point) > 50000 as "isFar"
    from locations one, locations two where one.id = 1 and two.id = 2`;
  await reader.end();
  expect(far).toEqual({ isFar: true });
});

test("a roll-back of everything gives the database back as Supabase laid it out", async () => {
  await migrateDown(database.url, migrations, { steps: migrations.length });
  expect(await dumpSchema(database.url)).toBe(found);
});
