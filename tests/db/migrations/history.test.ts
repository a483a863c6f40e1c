import { afterAll, beforeAll, expect, test } from "vitest";

import { migrateDown, migrateUp } from "../../../db/migrations/migrate";
import { readMigrations, securyflexMigrations } from "../../../db/migrations/migration-files";
import { createEmptyDatabase } from "../../support/databases";
import { dumpSchema } from "../../support/dump-schema";
import { onDatabase } from "../../support/on-database";

const migrations = readMigrations(securyflexMigrations);
let database: Awaited<ReturnType<typeof createEmptyDatabase>>;

beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(() => database.drop());

test("each migration goes up, down to exactly what was there, and up to exactly what it made", async () => {
  const empty = await dumpSchema(database.url);
  let before = empty;
  const invisible: string[] = [];
  for (const { version, label } of migrations) {
    await migrateUp(database.url, migrations, { through: version });
    const after = await dumpSchema(database.url);
    if (after === before) invisible.push(label);

    await migrateDown(database.url, migrations);
    expect(await dumpSchema(database.url), `${label} down`).toBe(before);

    await migrateUp(database.url, migrations, { through: version });
    before = after;
  }
  expect(await dumpSchema(database.url)).toBe(before);
  expect(invisible, "the dump has neither roles, which belong to the server, nor the ledger").toEqual([
    "0004_product_roles",
    "0030_console_roles",
    "0078_console_admin_migrates",
  ]);

  await migrateDown(database.url, migrations, { steps: migrations.length });
  expect(await dumpSchema(database.url)).toBe(empty);
  expect(await productRoles(), "the databases that other tests clone need them").toHaveLength(5);
  await migrateUp(database.url, migrations);
  expect(await dumpSchema(database.url)).toBe(before);
}, 180_000);

function productRoles() {
  return onDatabase(
    database.url,
    (sql) => sql`select rolname from pg_roles where rolname ~ '^(console_(read|ops|admin)|anon|authenticated)$'`,
  );
}
