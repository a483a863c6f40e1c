import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { openClient, type Sql } from "../../../db/connections";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { people, playScene } from "../../support/scene";
import { everybody, matrix, type Person } from "./row-security-matrix";

let databases: TestDatabases;
let sql: Sql;

beforeAll(async () => {
  databases = await cloneDatabases();
  sql = openClient(databases.environment.DATABASE_URL as string, { max: 1, applicationName: "tests" });
  await playScene(sql);
});
afterAll(async () => {
  await sql.end();
  await databases.drop();
});

const leaves = ["gps_checkins", "incidents", "finqle_transactions", "notifications", "assignments"];
const roles: Record<string, string> = { anonymous: "anon", administrator: "console_admin" };
const subject = (person: string) => people[person as keyof typeof people] ?? "00000000-0000-0000-0000-00000000ffff";

/** What the statement, done and undone as this person, gave back; "refused" where PostgreSQL said no. */
async function attempt(person: Person | "administrator", statement: string): Promise<"refused" | string[]> {
  let outcome: "refused" | string[] = [];
  const undone = new Error("undone");
  try {
    await sql.begin(async (transaction) => {
      if (person !== "anonymous")
        await transaction`select set_config('request.jwt.claim.sub', ${subject(person)}, true)`;
      await transaction.unsafe(`set local role ${roles[person] ?? "authenticated"}`);
      const rows = await transaction.unsafe<{ key: string }[]>(statement);
      outcome = rows.map(({ key }) => key);
      throw undone;
    });
  } catch (error) {
    if (error === undone) return outcome;
    if (error instanceof postgres.PostgresError && error.code === "42501") return "refused";
    throw error;
  }
  return outcome;
}

describe.each(Object.entries(matrix))("%s", (table, { rows, update, inserts }) => {
  const keys = rows.map(({ key }) => key);

  test.each(everybody)("%s reads own rows and no other", async (person) => {
    const seen = await attempt(person, `select id::text as key from ${table} order by id`);
    const own = rows.filter(({ seenBy }) => seenBy.includes(person)).map(({ key }) => key);
    expect(seen).toEqual(person === "anonymous" ? "refused" : own);
  });

  test.each(everybody)("%s changes what is theirs to change", async (person) => {
    for (const { key, updatedBy = [] } of rows) {
      const changed = await attempt(
        person,
        `update ${table} set ${update} where id = '${key}' returning id::text as key`,
      );
      if (updatedBy.includes(person)) expect(changed).toEqual([key]);
      else expect(["refused", []], `row ${key}`).toContainEqual(changed);
    }
  });

  test.each(everybody)("%s removes nothing", async (person) => {
    expect(await attempt(person, `delete from ${table} returning id::text as key`)).toBe("refused");
  });

  test.each(everybody)("%s adds what is theirs to add", async (person) => {
    for (const { what, values, by } of inserts) {
      const added = await attempt(person, `insert into ${table} ${values}`);
      expect(added, what).toEqual(by.includes(person) ? [] : "refused");
    }
  });

  test("the administrator of the console does each of these, so that it is the policy that refuses", async () => {
    expect(await attempt("administrator", `select id::text as key from ${table} order by id`)).toEqual(keys);
    for (const key of keys) {
      const changed = `update ${table} set ${update} where id = '${key}' returning id::text as key`;
      expect(await attempt("administrator", changed)).toEqual([key]);
    }
    for (const { values } of inserts) {
      const added = await attempt("administrator", `insert into ${table} ${values} returning id::text as key`);
      expect(added).toHaveLength(1);
    }
    const removal = attempt("administrator", `delete from ${table} returning id::text as key`);
    if (leaves.includes(table)) expect(await removal).toHaveLength(keys.length);
    else await expect(removal).rejects.toMatchObject({ code: "23503" }); // let through, then held by what refers to it
  });
});

test("without row security the same person reads everything: the policies refuse, not the harness", async () => {
  await sql`alter table shifts no force row level security`;
  await sql`alter table shifts disable row level security`;
  expect(await attempt("stranger", "select id::text as key from shifts order by id")).toEqual([
    "1",
    "2",
    "3",
    "4",
    "5",
  ]);
  await sql`alter table shifts enable row level security`;
  await sql`alter table shifts force row level security`;
  expect(await attempt("stranger", "select id::text as key from shifts")).toEqual([]);
});

test("a guard who was taken off a shift no longer checks in on it", async () => {
  const checkIn = `insert into gps_checkins ${matrix.gps_checkins?.inserts[0]?.values}`;
  expect(await attempt("guard", checkIn)).toEqual([]);
  await sql`update shifts set professional_id = null, status = 'published' where id = 1`;
  expect(await attempt("guard", checkIn)).toBe("refused");
  await sql`update shifts set professional_id = 1, status = 'active' where id = 1`;
});

test("the user's identity is read once a query, not once a row", async () => {
  const plan = await sql.begin(async (transaction) => {
    await transaction`select set_config('request.jwt.claim.sub', ${people.company}, true)`;
    await transaction`set local role authenticated`;
    return transaction`explain (costs off) select id from shifts`;
  });
  const lines = plan.map((row) => row["QUERY PLAN"] as string);
  expect(lines.filter((line) => line.includes("InitPlan")).length).toBeGreaterThan(0);
  expect(lines.find((line) => line.includes("Filter"))).not.toContain("current_user_organization()");
});
