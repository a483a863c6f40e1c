import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { getTableConfig } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Sql } from "../../../db/connections";
import { migrateUp } from "../../../db/migrations/migrate";
import { readMigrations, securyflexMigrations } from "../../../db/migrations/migration-files";
import * as schema from "../../../db/schema";
import { cloneDatabases, createEmptyDatabase, type TestDatabases } from "../../support/databases";
import { onDatabase } from "../../support/on-database";

/** What Drizzle has no words for, as the database has it. */
const beyondDrizzle = {
  included: {
    gps_checkins_shift_id_created_at_idx: "INCLUDE (gps_point, is_within_radius)",
    shifts_end_datetime_start_datetime_id_idx: "INCLUDE (status, professional_id)",
    shifts_hourly_rate_start_datetime_id_idx: "INCLUDE (status, professional_id)",
    shifts_start_datetime_end_datetime_status_idx: "INCLUDE (company_id, client_id, location_id)",
    shifts_status_start_datetime_id_idx: "INCLUDE (professional_id)",
    shifts_updated_at_start_datetime_id_idx: "INCLUDE (status, professional_id)",
  },
  indexes: ["ops_assignment_rules_one_at_a_time", "shifts_no_double_booking"],
  triggers: [
    "ops_keep_last_positions",
    "ops_outbox_delete",
    "ops_outbox_insert",
    "ops_outbox_insert",
    "ops_outbox_insert",
    "ops_outbox_insert",
    "ops_outbox_update",
    "ops_outbox_update",
    "ops_outbox_update",
    "shifts_begin_assignments",
    "shifts_keep_assignments",
    "shifts_keep_history",
    "shifts_require_certificates",
    "shifts_version",
  ],
};

const declarations = [
  schema.organizations,
  schema.users,
  schema.locations,
  schema.securityProfessionals,
  schema.shifts,
  schema.gpsCheckins,
  schema.incidents,
  schema.finqleTransactions,
  schema.notifications,
  schema.assignments,
  schema.opsShiftHistory,
  schema.opsCheckinCells,
  schema.opsCheckinCounts,
  schema.opsDeliveries,
  schema.opsOffers,
  schema.opsLastPositions,
  schema.opsFeed,
  schema.opsOutbox,
  schema.opsAssignmentRules,
  schema.opsOperationEffects,
];
const configs = declarations.map((table) => getTableConfig(table));
const tables = configs.map(({ name }) => name).sort();

let migrated: TestDatabases;
let declared: Awaited<ReturnType<typeof createEmptyDatabase>>;

beforeAll(async () => {
  migrated = await cloneDatabases();
  declared = await createEmptyDatabase();
  const migrations = readMigrations(securyflexMigrations);
  const parser = migrations.find(({ name }) => name === "certificate_valid_until");
  await migrateUp(declared.url, migrations, { through: 2 });
  const statements = await generateMigration(generateDrizzleJson({}), generateDrizzleJson(schema));
  await onDatabase(declared.url, async (sql) => {
    await sql.unsafe(parser?.up.text as string);
    for (const statement of statements)
      await sql.unsafe(statement.replaceAll(/"(geo(?:graphy|metry)\([^"]*\))"/g, "$1"));
  });
});
afterAll(async () => {
  await migrated.drop();
  await declared.drop();
});

const onBoth = (work: (sql: Sql) => Promise<unknown>) =>
  Promise.all([migrated.environment.DATABASE_URL as string, declared.url].map((url) => onDatabase(url, work)));

const tablesOf = (rows: unknown) => [...new Set((rows as { table: string }[]).map(({ table }) => table))];

test("every table of the database is declared", async () => {
  const [inDatabase, inDeclaration] = await onBoth(async (sql) => {
    const rows = await sql<{ name: string }[]>`
      select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r'
        and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')
      order by 1`;
    return rows.map(({ name }) => name);
  });
  expect(inDatabase).toEqual(tables);
  expect(inDeclaration).toEqual(tables);
});

test("columns agree in name, type, nullability, default, identity and expression", async () => {
  const [inDatabase, inDeclaration] = await onBoth(
    (sql) => sql`
    select attrelid::regclass::text as "table", attname as "column", format_type(atttypid, atttypmod) as type,
           attnotnull as "isRequired", attidentity as identity, attgenerated as generated,
           pg_get_expr(adbin, adrelid) as expression
    from pg_attribute
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attrelid::regclass::text = any(${tables}) and attnum > 0 and not attisdropped
    order by 1, 2`,
  );
  expect(tablesOf(inDatabase)).toEqual(tables);
  expect(inDatabase).toEqual(inDeclaration);
});

test("keys, checks and references agree", async () => {
  const [inDatabase, inDeclaration] = await onBoth(
    (sql) => sql`
    select conrelid::regclass::text as "table", pg_get_constraintdef(oid) as definition, convalidated as "isValid",
           case when contype in ('c', 'u', 'p') then conname end as name
    from pg_constraint
    where conrelid::regclass::text = any(${tables}) and contype <> 'x'
    order by 1, 2`,
  );
  expect(tablesOf(inDatabase)).toEqual(tables);
  expect(inDatabase).toEqual(inDeclaration);
});

test("the words that a column's type knows are those that its check lets through", async () => {
  const checks = await onDatabase(migrated.environment.DATABASE_URL as string, async (sql) => {
    const rows = await sql<{ column: string; definition: string }[]>`
      select conrelid::regclass || '.' || attname as "column", pg_get_constraintdef(pg_constraint.oid) as definition
      from pg_constraint join pg_attribute on attrelid = conrelid and conkey = array[attnum]
      where contype = 'c' and conrelid::regclass::text = any(${tables})`;
    return new Map(rows.map(({ column, definition }) => [column, definition]));
  });
  const worded = configs.flatMap(({ name, columns }) =>
    columns.filter(({ enumValues }) => enumValues).map((column) => ({ column: `${name}.${column.name}`, ...column })),
  );
  const listing = [...checks].filter(([, definition]) => definition.includes("ANY (ARRAY[")).map(([column]) => column);
  expect(worded.map(({ column }) => column).sort()).toEqual(listing.sort());
  for (const { column, enumValues } of worded) {
    const words = [...(checks.get(column) ?? "").matchAll(/'([^']+)'::text/g)].map(([, word]) => word);
    expect(words, column).toEqual(enumValues);
  }
});

test("indexes agree, but for what Drizzle has no words for", async () => {
  const [inDatabase, inDeclaration] = (await onBoth(async (sql) => {
    const rows = await sql<{ name: string; definition: string }[]>`
      select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
      from pg_index where indrelid::regclass::text = any(${tables}) and indisvalid order by 1`;
    return new Map(rows.map(({ name, definition }) => [name, definition]));
  })) as [Map<string, string>, Map<string, string>];
  for (const [name, clause] of Object.entries(beyondDrizzle.included)) {
    expect(inDatabase.get(name)).toContain(` ${clause}`);
    inDatabase.set(name, inDatabase.get(name)?.replace(` ${clause}`, "") as string);
  }
  for (const name of beyondDrizzle.indexes) expect(inDatabase.delete(name)).toBe(true);
  expect([...inDatabase]).toEqual([...inDeclaration]);
});

test("the constraint and the triggers beyond Drizzle stand, and no other", async () => {
  const [inDatabase] = await onBoth(async (sql) => {
    const triggers = await sql<{ name: string }[]>`
      select tgname as name from pg_trigger where not tgisinternal and tgrelid::regclass::text = any(${tables}) order by 1`;
    const exclusions = await sql`
      select pg_get_constraintdef(oid) as definition from pg_constraint where contype = 'x' order by 1`;
    return { triggers: triggers.map(({ name }) => name), exclusions };
  });
  expect(inDatabase).toEqual({
    triggers: beyondDrizzle.triggers,
    exclusions: [
      {
        definition:
          "EXCLUDE USING gist (employment WITH =, rule WITH =, tstzrange(valid_from, valid_until, '[)'::text) WITH &&)",
      },
      {
        definition:
          "EXCLUDE USING gist (professional_id WITH =, tstzrange(start_datetime, end_datetime, '[)'::text) WITH &&) WHERE (((status = ANY (ARRAY['assigned'::text, 'active'::text])) AND (professional_id IS NOT NULL))) DEFERRABLE",
      },
    ],
  });
});

test("row security is on and forced for every table", async () => {
  const [inDatabase] = await onBoth(
    (sql) => sql`
    select relname as name from pg_class
    where relname = any(${tables}) and relnamespace = 'public'::regnamespace and relrowsecurity and relforcerowsecurity
    order by 1`,
  );
  expect(inDatabase).toEqual(tables.map((name) => ({ name })));
});
