import { randomBytes } from "node:crypto";

import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { migrateDown, migrateUp } from "../../../db/migrations/migrate";
import { readMigrations, securyflexMigrations } from "../../../db/migrations/migration-files";
import { onDatabase } from "../../support/on-database";
import { playScene } from "../../support/scene";
import { databaseUrl } from "../../support/templates";

const migrations = readMigrations(securyflexMigrations);
const suffix = randomBytes(5).toString("hex");
const owner = `owner_${suffix}`;
const name = `test_${suffix}_owned`;
const asSuperuser = (statement: string, on = "postgres") =>
  onDatabase(databaseUrl(inject("serverUrl"), on), (sql) => sql.unsafe(statement));
let url: string;

beforeAll(async () => {
  await asSuperuser(`create role ${owner} login createrole createdb password '${suffix}'`);
  await asSuperuser(`create database ${name} owner ${owner}`);
  const address = new URL(databaseUrl(inject("serverUrl"), name));
  address.username = owner;
  address.password = suffix;
  url = address.href;
  // From PostgreSQL 16 on a role is administered by who made it; here other databases of the server had it made.
  await asSuperuser(`do $$
    begin
      if current_setting('server_version_num')::integer >= 160000 then
        execute 'grant console_read, console_ops, console_admin to ${owner} with admin option, inherit true, set true';
      end if;
    end $$`);
});
afterAll(async () => {
  await asSuperuser(`drop database if exists ${name} with (force)`);
  await asSuperuser(`drop role ${owner}`);
});

test("an owner who is no superuser is told which extension a superuser has to create", async () => {
  await expect(migrateUp(url, migrations)).rejects.toThrow(
    `0001_postgis did not run: PostGIS is not in this database, and ${owner} may not create it: let a superuser run "create extension postgis" here. Migrations before it stand`,
  );
});

test("with PostGIS made by another, the same owner migrates, seeds under row security, and rolls back", async () => {
  await asSuperuser("create extension postgis", name);
  const done = await migrateUp(url, migrations);
  expect(done).toHaveLength(migrations.length);
  expect(done.flatMap(({ warnings }) => warnings)).toEqual([
    "pg_stat_statements is not in this database: panels about queries say so until a superuser creates it",
    "hypopg is not in this database: advice on indexes says so until a superuser creates it (Debian: postgresql-<version>-hypopg)",
    "pgstattuple is not in this database: bloat stays an estimate until a superuser creates it",
  ]);

  await onDatabase(url, playScene);
  const [row] = await onDatabase(url, (sql) => sql`select count(*)::integer as shifts from shifts`);
  expect(row).toEqual({ shifts: 5 });

  await migrateDown(url, migrations, { steps: migrations.length });
  const tables = await onDatabase(
    url,
    (sql) => sql`select from pg_tables where tableowner in (${owner}, 'console_admin')
    and schemaname = 'public'`,
  );
  expect(tables).toHaveLength(0);
});
