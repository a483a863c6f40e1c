import { afterEach, beforeEach, expect, test } from "vitest";

import { migrateDown, migrateUp } from "../../../db/migrations/migrate";
import { readMigrations, securyflexMigrations } from "../../../db/migrations/migration-files";
import { createEmptyDatabase } from "../../support/databases";
import { dumpSchema } from "../../support/dump-schema";
import { onDatabase } from "../../support/on-database";
import { playScene } from "../../support/scene";

const migrations = readMigrations(securyflexMigrations);
const versionOf = (name: string) => migrations.find((migration) => migration.name === name)?.version as number;

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
beforeEach(async () => {
  database = await createEmptyDatabase();
});
afterEach(() => database.drop());

const run = (statement: string) => onDatabase(database.url, (sql) => sql.unsafe(statement));

/** A database that somebody else brought to this state: its tables with rows, and no ledger. */
async function standAt(name: string, { radiusColumn }: { radiusColumn: string }): Promise<void> {
  await migrateUp(database.url, migrations, { through: versionOf(name) });
  await onDatabase(database.url, (sql) => playScene(sql, { radiusColumn }));
  await run("drop schema console_migrations cascade");
}

async function adopted(): Promise<string[]> {
  const rows = await run("select name from console_migrations.ledger where origin = 'adopted' order by version");
  return rows.map((row) => row.name as string);
}

const rollBackAll = () => migrateDown(database.url, migrations, { steps: migrations.length });

const countRows = () =>
  run(`select (select count(*) from shifts)::integer as shifts, (select count(*) from gps_checkins)::integer as checkins,
              (select count(*) from users)::integer as users, (select count(*) from incidents)::integer as incidents`);
const sceneRows = [{ shifts: 5, checkins: 2, users: 6, incidents: 2 }];

test("tables at their final shape are adopted with their rows and policies, and outlive a roll-back", async () => {
  await standAt("shifts_professional_id_start_datetime_idx", { radiusColumn: "radius_meters" });
  await run(`alter table shifts enable row level security;
             create policy theirs on shifts for select to authenticated using (false);`);
  const before = await dumpSchema(database.url);

  await migrateUp(database.url, migrations);
  expect(await adopted()).toEqual([
    ...migrations
      .slice(0, versionOf("shifts_professional_id_start_datetime_idx"))
      .map(({ name }) => name)
      .filter((name) => name !== "product_roles"),
    "shifts_row_security",
  ]);
  expect(await countRows()).toEqual(sceneRows);
  const policies = "select polname as name from pg_policy where polrelid = 'shifts'::regclass order by 1";
  expect((await run(policies)).map(({ name }) => name)).toEqual([
    "console_administers",
    "console_reads",
    "console_reassigns",
    "theirs",
  ]);

  await rollBackAll();
  expect(await countRows()).toEqual(sceneRows);
  expect(await dumpSchema(database.url)).toBe(before);
});

test("tables at an older shape are brought forward with their rows", async () => {
  await standAt("notifications", { radiusColumn: "radius" });
  const before = await dumpSchema(database.url);
  await migrateUp(database.url, migrations);
  expect(await adopted()).toEqual(
    migrations
      .slice(0, versionOf("notifications"))
      .map(({ name }) => name)
      .filter((name) => name !== "product_roles"),
  );
  expect(await countRows()).toEqual(sceneRows);
  expect(await run("select id, radius_meters from locations order by id")).toEqual([
    { id: "1", radius_meters: 150 },
    { id: "2", radius_meters: 80 },
  ]);
  expect(await run("select distinct overtime_rate from shifts")).toEqual([{ overtime_rate: "1.50" }]);

  await rollBackAll();
  expect(await countRows()).toEqual(sceneRows);
  expect(await dumpSchema(database.url)).toBe(before);
});

test("a table without a column that the console needs is refused by name, and left as it is", async () => {
  await run("create table organizations (id bigint primary key, name text, city text)");
  await expect(migrateUp(database.url, migrations)).rejects.toThrow(
    "0007_organizations did not run: the table organizations is there already, but it has no column kind, and it has no column created_at. Nothing was changed; give the table what is missing and run it again.",
  );
  expect(
    await run(
      "select count(*)::integer as columns from pg_attribute where attrelid = 'organizations'::regclass and attnum > 0",
    ),
  ).toEqual([{ columns: 3 }]);
});

test("a table whose key is of another type is refused", async () => {
  await run(
    "create table organizations (id uuid primary key, name text, kind text, city text, created_at timestamptz)",
  );
  await expect(migrateUp(database.url, migrations)).rejects.toThrow("its column id is uuid where bigint is needed");
});

test("shifts that overlap already are named before the constraint that forbids them", async () => {
  await standAt("notifications", { radiusColumn: "radius" });
  await run(`insert into shifts (id, company_id, client_id, location_id, professional_id, status, start_datetime,
                                 end_datetime, hourly_rate) overriding system value
             select id + 10, company_id, client_id, location_id, professional_id, status, start_datetime, end_datetime,
                    hourly_rate from shifts where id in (1, 2, 3)`);
  await expect(migrateUp(database.url, migrations)).rejects.toThrow(
    "0033_shifts_no_double_booking did not run: guards stand on two shifts at once, the first of them 1 and 11 (guard 1), 2 and 12 (guard 2). Take the guard off one shift of each pair. Migrations before it stand; mend the cause and run it again.",
  );
  await run("update shifts set professional_id = null where id in (11, 12)");
  await migrateUp(database.url, migrations);
});

test("a shift that ends before it begins stops the validation, not the rule for shifts to come", async () => {
  await standAt("notifications", { radiusColumn: "radius" });
  await run("update shifts set end_datetime = start_datetime - interval '1 hour' where id = 4");
  await expect(migrateUp(database.url, migrations)).rejects.toThrow(
    '0020_shifts_check_dates_validated did not run: check constraint "check_dates" of relation "shifts" is violated by some row',
  );
  await expect(run("update shifts set end_datetime = start_datetime where id = 3")).rejects.toThrow("check_dates");
});
