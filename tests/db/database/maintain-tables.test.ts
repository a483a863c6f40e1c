import { afterAll, beforeAll, expect, test } from "vitest";

import type { Sql } from "../../../db/connections";
import { openClient } from "../../../db/connections";
import { type MaintenanceStep, maintainTables } from "../../../db/database/maintain-tables";
import { loginUrl } from "../../../db/environment";
import { cloneDatabases, type TestDatabases } from "../../support/databases";

let databases: TestDatabases;
let owner: Sql;
let admin: string;

beforeAll(async () => {
  databases = await cloneDatabases();
  owner = openClient(databases.environment.DATABASE_URL as string, { max: 2, applicationName: "tests" });
  admin = loginUrl(databases.environment, "console_admin");
  await owner`
    insert into organizations (name, kind)
    select 'Client ' || n, 'client' from generate_series(1, 2000) as n`;
  await owner`delete from organizations where id <= 1500`;
});
afterAll(async () => {
  await owner.end();
  await databases.drop();
});

const pagesOf = async (table: string) => {
  const [row] = await owner<[{ tuples: number; size: string }]>`
    select reltuples::float8 as tuples, pg_relation_size(${`public.${table}`}::regclass) as size
    from pg_class where oid = ${`public.${table}`}::regclass`;
  return row;
};
const statesOf = (steps: MaintenanceStep[]) => steps.map(({ table, state }) => `${table.name} ${state}`);

test("a dry run says what would be run and touches nothing", async () => {
  const before = await pagesOf("organizations");
  const steps = await maintainTables(admin, { maintenance: "vacuum", isDryRun: true });
  expect(steps.length).toBeGreaterThan(10);
  expect(steps.find(({ table }) => table.name === "organizations")).toMatchObject({
    state: "planned",
    statement: "vacuum (analyze, skip_locked) organizations",
  });
  expect(await pagesOf("organizations")).toEqual(before);
});

test("console_admin vacuums a table: dead tuples are gone and the planner knows how many live", async () => {
  const told: MaintenanceStep[] = [];
  const steps = await maintainTables(admin, {
    maintenance: "vacuum",
    tables: ["organizations"],
    onStep: (step) => told.push(step),
  });
  expect(steps).toMatchObject([{ state: "done", deadTuples: 0 }]);
  expect(statesOf(told)).toEqual(["organizations planned", "organizations done"]);
  expect((await pagesOf("organizations")).tuples).toBe(500);
});

test("analyze counts anew and takes nothing away", async () => {
  await owner`delete from organizations where id <= 1600`;
  const { size } = await pagesOf("organizations");
  expect(statesOf(await maintainTables(admin, { maintenance: "analyze", tables: ["organizations"] }))).toEqual([
    "organizations done",
  ]);
  expect(await pagesOf("organizations")).toEqual({ tuples: 400, size });
});

test("a table that another session holds is left out and the next one is done; nobody waits", async () => {
  const steps = await owner.begin(async (holder) => {
    await holder`lock table incidents in access exclusive mode`;
    return maintainTables(admin, { maintenance: "vacuum", tables: ["incidents", "organizations"] });
  });
  expect(steps).toMatchObject([
    { state: "refused", sentence: "Another session holds a lock on it. Try again when it has ended." },
    { state: "done" },
  ]);
});

test("a table of another owner is left out, one that is none stops it before it begins", async () => {
  await owner`create table foreign_matters (id integer)`;
  expect(await maintainTables(admin, { maintenance: "vacuum", tables: ["foreign_matters"] })).toMatchObject([
    { state: "refused", sentence: "It belongs to a role that console_admin is not a member of." },
  ]);
  for (const name of ["pg_class", "shifts; drop table shifts", "spatial_ref_sys"]) {
    await expect(maintainTables(admin, { maintenance: "analyze", tables: ["shifts", name] })).rejects.toThrow(
      `SecuryFlex has no table "${name}"`,
    );
  }
});

test("one that is stopped ends with its reason", async () => {
  const stopping = new AbortController();
  const running = maintainTables(admin, {
    maintenance: "vacuum",
    signal: stopping.signal,
    onStep: ({ table }) => table.name === "locations" && stopping.abort(new Error("Enough.")),
  });
  await expect(running).rejects.toThrow("Enough.");
});
