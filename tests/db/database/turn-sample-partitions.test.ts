import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient, type Sql } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { until } from "../../support/until";

let databases: TestDatabases;
let first: Sql;
let second: Sql;

beforeAll(async () => {
  databases = await cloneDatabases();
  const open = () => openClient(loginUrl(databases.environment, "console_app"), { max: 1, applicationName: "tests" });
  [first, second] = [open(), open()];
});
afterAll(async () => {
  await Promise.all([first.end(), second.end()]);
  await databases.drop();
});

const tomorrow = new Date(Date.now() + 86_400_000);

test("of two jobs that begin a new day at once one waits, and both go on", async () => {
  const turn = (sql: Sql) => sql`select turn_sample_partitions(${tomorrow.toISOString()}::timestamptz)`;
  let turned: Promise<unknown> | undefined;
  await first.begin(async (sql) => {
    await turn(sql as unknown as Sql);
    turned = turn(second).then(String);
    const waits = async () =>
      (
        await sql`
          select from pg_locks join pg_database on pg_database.oid = database
          where datname = current_database() and locktype = 'advisory' and not granted`
      ).length > 0;
    await until(waits, { withinSeconds: 10 });
  });
  await turned;
  const parts = await first`select from pg_class where relname ~ '^panel_samples_60_' and relkind = 'r'`;
  expect(parts.length).toBeGreaterThan(0);
});
