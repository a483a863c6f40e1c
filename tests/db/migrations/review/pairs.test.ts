import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient, type Sql } from "../../../../db/connections";
import { consoleMigrations, readMigrations, securyflexMigrations } from "../../../../db/migrations/migration-files";
import { type CatalogFacts, type RelationFacts, unknownCatalog } from "../../../../db/migrations/review/catalog-facts";
import { describeScript } from "../../../../db/migrations/review/describe-script";
import { lintScript } from "../../../../db/migrations/review/lint-script";
import { namedRelations } from "../../../../db/migrations/review/named-relations";
import { readCatalogFacts } from "../../../../db/migrations/review/read-catalog-facts";
import { readStatements } from "../../../../db/migrations/review/read-statements";
import * as schema from "../../../../db/schema";
import { cloneDatabases, type TestDatabases } from "../../../support/databases";
import { pairs } from "./pairs";

let databases: TestDatabases;
let owner: Sql;
let reader: Sql;
beforeAll(async () => {
  databases = await cloneDatabases();
  [owner, reader] = ["writes", "reads"].map((applicationName) =>
    openClient(databases.environment.DATABASE_URL as string, { max: 1, applicationName }),
  ) as [Sql, Sql];
  await owner.unsafe(`
    create schema depot;
    create type mood as enum ('calm', 'busy');
    create table readings (taken integer not null, value integer) partition by range (taken);
    create table readings_low partition of readings for values from (0) to (100);
    create table apart (taken integer not null, value integer);
    create table bounded (taken integer not null, value integer, constraint bounds check (taken >= 300 and taken < 400));
    create materialized view totals as select id from locations;`);
});
afterAll(async () => {
  await Promise.all([owner.end(), reader.end()]);
  await databases.drop();
});

const small = new Set(["public.organizations", "public.locations"]);

/** As the catalog is, but for the sizes: all tables are of 5 GiB except the small ones. */
async function grownFacts(names: string[]): Promise<CatalogFacts> {
  const facts = await readCatalogFacts(drizzle(reader, { schema }), names);
  const grown = [...facts.relations].map(([name, relation]): [string, RelationFacts] => [
    name,
    small.has(name) ? { ...relation, sizeBytes: 8192, rows: 20 } : { ...relation, sizeBytes: 5 * 1024 ** 3, rows: 1e7 },
  ]);
  return { ...facts, relations: new Map(grown) };
}

async function lint(
  text: string,
  readFacts: (names: string[]) => Promise<CatalogFacts>,
  direction: "up" | "down" = "up",
) {
  const statements = await readStatements(text);
  const facts = await readFacts(namedRelations(statements));
  const isTransactional = !/^-- transaction: none$/m.test(text);
  const script = { statements, effects: describeScript(statements, facts), facts, isTransactional, direction };
  const { findings, unlinted } = await lintScript(script, text);
  expect(unlinted).toBeUndefined();
  return findings;
}

test("there are at least sixty pairs, no two alike", () => {
  expect(new Set(pairs.map(({ unsafe }) => unsafe)).size).toBeGreaterThanOrEqual(60);
});

test.each(pairs.map((pair) => [pair.rule, pair] as const))(
  "%s is found in what hurts, and nothing is stopped that does not",
  async (rule, { unsafe, safe }) => {
    const found = await lint(unsafe, grownFacts);
    expect(found.map((finding) => finding.rule)).toContain(rule);
    for (const script of safe.split("\n--- \n")) {
      const findings = await lint(script, grownFacts);
      expect(findings.filter((finding) => finding.severity === "blocks" || finding.rule === rule)).toEqual([]);
    }
  },
);

test("one thing is reported once", async () => {
  for (const { unsafe } of pairs) {
    const found = (await lint(unsafe, grownFacts)).map(({ statement, rule }) => `${statement} ${rule}`);
    expect(found).toEqual([...new Set(found)]);
  }
  const rules = async (text: string) => (await lint(text, grownFacts)).map(({ rule }) => rule);
  expect(await rules("alter table users add constraint users_phone_key unique (phone);")).toEqual([
    "disallowed-unique-constraint",
  ]);
  expect(await rules("alter table shifts alter column headcount type bigint;")).toEqual(["changing-column-type"]);
});

/** Written while SecuryFlex was small. On large tables each of them would stop the product, as is said of it here. */
const onlyWhileSmall = new Set([
  "0022_security_professionals_vca_valid_until up", // a stored column writes every row anew
  "0033_shifts_no_double_booking up", // an exclusion constraint builds its index under the strongest lock
  "0051_console_row_security up", // policies of nine tables in one transaction
  "0051_console_row_security down",
  "0055_shifts_keep_assignments down", // empties a table while triggers of another are dropped
  "0057_shifts_keep_history down",
  "0084_ops_assignment_rules_employer up", // checks of a table that holds some dozens of rules, and stays so
  "0084_ops_assignment_rules_employer down",
  "0075_ops_outbox_triggers down", // triggers of several tables in one transaction
]);

async function listStopped(directory: string, facts: CatalogFacts): Promise<string[]> {
  const stopped: string[] = [];
  for (const { label, up, down } of readMigrations(directory)) {
    for (const [direction, { text }] of [
      ["up", up],
      ["down", down],
    ] as const) {
      const findings = await lint(text, async () => facts, direction);
      const rules = findings.filter(({ severity }) => severity === "blocks").map(({ rule }) => rule);
      if (rules.length > 0) stopped.push(`${label} ${direction}: ${rules.join(", ")}`);
    }
  }
  return stopped;
}

test("of the migrations that stand only those would be stopped on large tables that do hurt there", async () => {
  const stopped = await listStopped(securyflexMigrations, unknownCatalog(15));
  expect(stopped.filter((one) => !onlyWhileSmall.has(one.split(":")[0] as string))).toEqual([]);
  expect(stopped.filter((one) => onlyWhileSmall.has(one.split(":")[0] as string))).toHaveLength(onlyWhileSmall.size);
});

test("nothing stops the migrations of either database while it is new", async () => {
  const isNew: CatalogFacts = { ...unknownCatalog(15), isRead: true };
  expect(await listStopped(securyflexMigrations, isNew)).toEqual([]);
  expect(await listStopped(consoleMigrations, isNew)).toEqual([]);
});
