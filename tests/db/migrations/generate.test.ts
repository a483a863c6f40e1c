import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { bigint, index, pgTable, text } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { generateMigrations, writeSnapshot } from "../../../db/migrations/generate";
import { migrateDown, migrateUp } from "../../../db/migrations/migrate";
import { readMigrations, securyflexMigrations } from "../../../db/migrations/migration-files";
import * as schema from "../../../db/schema";
import { geographyPoint } from "../../../db/schema/geography";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { dumpSchema } from "../../support/dump-schema";

const id = () => bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity();
const guardPosts = (columns: string[] = []) =>
  pgTable("guard_posts", { id: id(), name: text("name").notNull(), point: geographyPoint("point") }, (table) =>
    columns.includes("name") ? [index("guard_posts_name_idx").on(table.name)] : [],
  );
const patrols = pgTable(
  "patrols",
  { id: id(), locationId: bigint("location_id", { mode: "number" }).references(() => schema.locations.id) },
  (table) => [index("patrols_location_id_idx").on(table.locationId)],
);

let databases: TestDatabases;
let directory: string;
let url: string;

beforeAll(async () => {
  databases = await cloneDatabases();
  url = databases.environment.DATABASE_URL as string;
  directory = mkdtempSync(join(tmpdir(), "migrations-"));
  cpSync(securyflexMigrations, directory, { recursive: true });
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await databases.drop();
});

const generate = (declarations: Record<string, unknown>, name?: string) =>
  generateMigrations(directory, declarations, name);
const apply = () => migrateUp(url, readMigrations(directory));

test("where nothing changed nothing is written", async () => {
  const files = readdirSync(directory);
  expect(await generate(schema)).toEqual([]);
  expect(readdirSync(directory)).toEqual(files);
});

test("new tables and an index on one that stands go up and come down to the schema that was", async () => {
  const before = await dumpSchema(url);
  const standing = readMigrations(directory).length;

  await generate({ ...schema, patrols, guardPosts: guardPosts() }, "add_patrols");
  await generate({ ...schema, patrols, guardPosts: guardPosts(["name"]) }, "find_posts_by_name");
  const added = readMigrations(directory).slice(standing);
  expect(added.map(({ name, up }) => [name, up.isTransactional])).toEqual([
    ["add_patrols", true],
    ["guard_posts_name_idx", false],
  ]);
  expect(await generate({ ...schema, patrols, guardPosts: guardPosts(["name"]) })).toEqual([]);

  await apply();
  const grown = await dumpSchema(url);
  expect(grown).toContain("CREATE TABLE public.guard_posts");
  expect(grown).toContain("geography(Point,4326)");
  expect(grown).toContain("CREATE INDEX patrols_location_id_idx");
  expect(grown).toContain("CREATE INDEX guard_posts_name_idx");
  await migrateDown(url, readMigrations(directory), { steps: added.length });
  expect(await dumpSchema(url)).toBe(before);
  await apply();
  expect(await dumpSchema(url)).toBe(grown);
});

test("what leaves the declarations leaves the database, and a rollback brings it back", async () => {
  const before = await dumpSchema(url);
  const standing = readMigrations(directory).length;
  await generate({ ...schema, guardPosts: guardPosts() }, "end_patrols");
  expect(readMigrations(directory).slice(standing)).toMatchObject([
    { name: "guard_posts_name_idx", up: { isTransactional: false } },
    { name: "end_patrols", up: { isTransactional: true } },
  ]);
  await apply();
  expect(await dumpSchema(url)).not.toMatch(/patrols|guard_posts_name_idx/);
  await migrateDown(url, readMigrations(directory), { steps: 2 });
  expect(await dumpSchema(url)).toBe(before);
});

test("a change without a fitting name, or one that may be a rename, is refused and nothing is written", async () => {
  writeSnapshot(directory, { ...schema, patrols });
  const files = readdirSync(directory);
  for (const name of [undefined, "", "Add patrols", "../patrols"]) {
    await expect(generate(schema, name)).rejects.toThrow("needs a name");
  }
  const renamed = pgTable("patrols", { id: id(), siteId: bigint("site_id", { mode: "number" }) });
  await expect(generate({ ...schema, patrols: renamed }, "rename")).rejects.toThrow("may be a new name for the same");
  expect(readdirSync(directory)).toEqual(files);
});
