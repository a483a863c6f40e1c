import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { migrateDown, migrateUp } from "../../../db/migrations/migrate";
import { readMigrations } from "../../../db/migrations/migration-files";
import type { Panel, PanelRow } from "../../../db/panel";
import { duplicateIndexes } from "../../../db/panels/duplicate-indexes";
import { invalidIndexes } from "../../../db/panels/invalid-indexes";
import { missingForeignKeyIndexes } from "../../../db/panels/missing-foreign-key-indexes";
import { tableTransactionAges } from "../../../db/panels/table-transaction-ages";
import { unusedIndexes } from "../../../db/panels/unused-indexes";
import { proposeMigration } from "../../../db/rules/database/propose-migration";
import { startVersion, type VersionServer } from "../../support/version-matrix";
import { openStage, type Stage } from "./stage";

let server: VersionServer;
let stage: Stage;
let directory: string;

beforeAll(async () => {
  server = await startVersion(16);
  stage = await openStage(server.url);
});
afterAll(async () => {
  await stage.close();
  await server.stop();
});
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "proposed-"));
  await stage.owner.unsafe(`
    drop schema if exists "my.own", console_migrations, public cascade;
    create schema public;
    grant usage on schema public to public;
    create table guards (id integer primary key, name text);
    create table rounds (id bigint primary key, guard_id integer, at timestamptz, note text);
    create table days (at date) partition by range (at);
    create table days_1 partition of days default`);
});
afterEach(() => rmSync(directory, { recursive: true }));

function proposal(panel: Panel, row: PanelRow | undefined) {
  const statement = panel.remedy.statement?.(row ?? {});
  if (!statement) throw new Error("There is no way out.");
  return proposeMigration(statement);
}

const invalid = (index: string) => `update pg_index set indisvalid = false where indexrelid = '${index}'::regclass`;

test.each([
  ["an index that nobody reads", unusedIndexes, 'create index "My Notes" on rounds (note)', true],
  ["one with a predicate", unusedIndexes, "create index part on rounds (note) where note <> 'a;\n--b'", true],
  ["the twin of a primary key", duplicateIndexes, "create index twin on rounds (id)", true],
  ["a family of partitions", duplicateIndexes, "create index d1 on days (at); create index d2 on days (at)", true],
  ["a build that broke off", invalidIndexes, `create index broken on rounds (at); ${invalid("broken")}`, false],
  ["a broken part", invalidIndexes, `create index on days (at); ${invalid("days_1_at_idx")}`, false],
  [
    "a foreign key without an index",
    missingForeignKeyIndexes,
    "alter table rounds add foreign key (guard_id) references guards",
    true,
  ],
  [
    "one of a table whose name has a dot",
    missingForeignKeyIndexes,
    'create schema "my.own"; create table "my.own"."a.b" ("Guard" integer references guards)',
    true,
  ],
] as const)(
  "the runner takes the files for %s: up mends it, down takes it back",
  async (_, panel, fault, comesBack) => {
    expect(await stage.rows(panel)).toEqual([]);
    await stage.owner.unsafe(fault);
    const [row, ...others] = await stage.rows(panel);
    expect(others).toEqual([]);
    const files = proposal(panel, row);
    expect(files.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^NNNN_\w+\.up\.sql$/),
      expect.stringMatching(/^NNNN_\w+\.down\.sql$/),
    ]);
    for (const { name, text } of files) writeFileSync(join(directory, name.replace("NNNN", "0001")), text);
    const migrations = readMigrations(directory);
    expect(await migrateUp(stage.url, migrations)).toMatchObject([{ step: "applied" }]);
    expect(await stage.rows(panel)).toEqual([]);
    expect(await migrateDown(stage.url, migrations)).toMatchObject([{ step: "rolled back" }]);
    expect(await stage.rows(panel)).toHaveLength(comesBack ? 1 : 0);
  },
);

test("an index whose definition cannot be read has no way back, and what changes no schema is no migration", () => {
  const row = { index: "public.a", definition: null };
  expect(proposal(unusedIndexes, row)).toEqual([
    { name: "NNNN_drop_a.up.sql", text: "-- transaction: none\ndrop index concurrently public.a;\n" },
  ]);
  expect(proposal(tableTransactionAges, { table: "rounds" })).toEqual([]);
});
