import { afterEach, beforeEach, expect, test } from "vitest";

import { openClient } from "../../../db/connections";
import { readLedger } from "../../../db/migrations/ledger";
import { type MigrationProgress, migrateDown, migrateUp } from "../../../db/migrations/migrate";
import { createEmptyDatabase } from "../../support/databases";
import { onDatabase } from "../../support/on-database";
import { until } from "../../support/until";
import { trialMigrations } from "./trial-migrations";

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
beforeEach(async () => {
  database = await createEmptyDatabase();
});
afterEach(() => database.drop());

const parcels = ["parcels", "create table parcels (weight_grams integer);", "drop table parcels;"] as const;
const index = [
  "parcels_weight_grams_idx",
  `-- transaction: none
-- adopt: select exists (select from pg_index where indexrelid = to_regclass('public.parcels_weight_grams_idx') and indisvalid)
drop index concurrently if exists public.parcels_weight_grams_idx;
create unique index concurrently parcels_weight_grams_idx on public.parcels (weight_grams);`,
  `-- transaction: none
drop index concurrently if exists public.parcels_weight_grams_idx;`,
] as const;

const steps = (done: MigrationProgress[]) => done.map(({ step, migration }) => `${step} ${migration.label}`);
const ledger = () => onDatabase(database.url, async (sql) => (await readLedger(sql)).map(({ name }) => name));
const run = (statement: string) => onDatabase(database.url, (sql) => sql.unsafe(statement));

test("what is applied is not applied again", async () => {
  const migrations = trialMigrations([...parcels]);
  expect(steps(await migrateUp(database.url, migrations))).toEqual(["applied 0001_parcels"]);
  expect(steps(await migrateUp(database.url, migrations))).toEqual([]);
});

test("an applied file that was edited stops the migrator", async () => {
  await migrateUp(database.url, trialMigrations([...parcels]));
  const edited = trialMigrations(["parcels", "create table parcels (weight_kilograms integer);", parcels[2]]);
  const refusal = "0001_parcels was edited after it was applied. Put the file back and write a further migration.";
  await expect(migrateUp(database.url, edited)).rejects.toThrow(refusal);
  await expect(migrateDown(database.url, edited)).rejects.toThrow(refusal);
});

test("an older checkout does not touch a database that is ahead of it", async () => {
  await migrateUp(database.url, trialMigrations([...parcels], [...index]));
  await expect(migrateUp(database.url, trialMigrations([...parcels]))).rejects.toThrow(
    "The database is ahead: its ledger holds 0002_parcels_weight_grams_idx",
  );
});

test("a migration that fails half way leaves nothing, and those before it stand", async () => {
  const migrations = trialMigrations([...parcels], ["broken", "create table crates ();\nselect 1 / 0;", "select 1;"]);
  await expect(migrateUp(database.url, migrations)).rejects.toThrow(
    "0002_broken did not run: division by zero. Migrations before it stand; mend the cause and run it again.",
  );
  expect(await ledger()).toEqual(["parcels"]);
  expect(await run("select to_regclass('crates') as crates")).toEqual([{ crates: null }]);
});

test("an index that could not be built is not on record, and is built when the cause is mended", async () => {
  const migrations = trialMigrations([...parcels], [...index]);
  await migrateUp(database.url, migrations, { through: 1 });
  await run("insert into parcels values (7), (7)");
  await expect(migrateUp(database.url, migrations)).rejects.toThrow("could not create unique index");
  expect(await ledger()).toEqual(["parcels"]);
  expect(await run("select indisvalid from pg_index where indrelid = 'parcels'::regclass")).toEqual([]);

  await run("delete from parcels");
  expect(steps(await migrateUp(database.url, migrations))).toEqual(["applied 0002_parcels_weight_grams_idx"]);
  expect(steps(await migrateDown(database.url, migrations))).toEqual(["rolled back 0002_parcels_weight_grams_idx"]);
});

test("an index whose migrator of an older console was cut off before the record is ours, not adopted", async () => {
  const migrations = trialMigrations([...parcels], [...index]);
  await migrateUp(database.url, migrations, { through: 1 });
  await run(
    `create unique index parcels_weight_grams_idx on parcels (weight_grams);
     drop table console_migrations.statements;
     create table console_migrations.begun (version integer primary key);
     insert into console_migrations.begun values (2)`,
  );
  expect(steps(await migrateUp(database.url, migrations))).toEqual(["applied 0002_parcels_weight_grams_idx"]);
  expect(steps(await migrateDown(database.url, migrations))).toEqual(["rolled back 0002_parcels_weight_grams_idx"]);
});

test("what was there before is adopted, and a roll-back leaves it in place", async () => {
  await run(
    "create table parcels (weight_grams integer); create unique index parcels_weight_grams_idx on parcels (weight_grams)",
  );
  const migrations = trialMigrations(
    ["parcels", `-- adopt table: parcels (weight_grams integer)\n${parcels[1]}`, parcels[2]],
    [...index],
    ["crates", "create table crates ();", "drop table crates;"],
  );
  expect(steps(await migrateUp(database.url, migrations))).toEqual([
    "adopted 0001_parcels",
    "adopted 0002_parcels_weight_grams_idx",
    "applied 0003_crates",
  ]);
  expect(steps(await migrateDown(database.url, migrations, { steps: 3 }))).toEqual([
    "rolled back 0003_crates",
    "left in place 0002_parcels_weight_grams_idx",
    "left in place 0001_parcels",
  ]);
  expect(await ledger()).toEqual([]);
  expect(await run("select count(*)::integer as indexes from pg_index where indrelid = 'parcels'::regclass")).toEqual([
    { indexes: 1 },
  ]);
});

test("two migrators at once apply each migration once, concurrent indexes too", async () => {
  const migrations = trialMigrations([...parcels], [...index], ["pause", "select pg_sleep(0.5);", "select 1;"]);
  const both = await Promise.all([migrateUp(database.url, migrations), migrateUp(database.url, migrations)]);
  expect(both.flatMap(steps).sort()).toEqual([
    "applied 0001_parcels",
    "applied 0002_parcels_weight_grams_idx",
    "applied 0003_pause",
  ]);
});

test("a migration waits for a table that is in use in short tries, and runs when it is free", async () => {
  const migrations = trialMigrations(
    [...parcels],
    [
      "depth",
      "alter table parcels add column depth_millimeters integer;",
      "alter table parcels drop column depth_millimeters;",
    ],
  );
  await migrateUp(database.url, migrations, { through: 1 });
  const holder = openClient(database.url, { max: 1, applicationName: "tests" });
  const session = await holder.reserve();
  await session`begin`;
  await session`select * from parcels`;
  const migrating = migrateUp(database.url, migrations);
  // The first try has run into its timeout, so that readers who stood behind it were let through.
  await until(async () => {
    const [seen] = await run(
      "select xact_rollback::integer as tries from pg_stat_database where datname = current_database()",
    );
    return seen?.tries > 0;
  });
  await session`commit`;
  expect(steps(await migrating)).toEqual(["applied 0002_depth"]);
  session.release();
  await holder.end();
});

test("what the server cannot give is a warning beside its migration", async () => {
  const migrations = trialMigrations(
    [...parcels],
    [
      "note",
      "do $$ begin raise notice 'not worth a word'; raise warning 'panels about queries say so'; end $$;",
      "select 1;",
    ],
  );
  const done = await migrateUp(database.url, migrations);
  expect(done.map(({ warnings }) => warnings)).toEqual([[], ["panels about queries say so"]]);
});
