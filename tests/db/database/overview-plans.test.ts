import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type ConsoleDatabase, openClient, type Sql } from "../../../db/connections";
import * as consoleSchema from "../../../db/console/schema";
import { listOpenFindings, listPanelStates } from "../../../db/database/list-findings";
import { readTargets } from "../../../db/database/read-targets";
import { loginUrl } from "../../../db/environment";
import { cloneDatabases, type TestDatabases } from "../../support/databases";

const now = new Date("2026-11-22T12:00:00Z");

let databases: TestDatabases;
let app: Sql;
let forDrizzle: Sql;
let db: ConsoleDatabase;
const sent: { query: string; params: unknown[] }[] = [];

beforeAll(async () => {
  databases = await cloneDatabases();
  const open = (login: "console_app" | "console_owner") =>
    openClient(loginUrl(databases.environment, login), { max: 1, applicationName: "tests" });
  app = open("console_app");
  forDrizzle = open("console_app");
  const logger = { logQuery: (query: string, params: unknown[]) => void sent.push({ query, params }) };
  db = drizzle(forDrizzle, { schema: consoleSchema, logger });
  await app`select turn_sample_partitions(${now})`;
  await app`
    insert into panel_samples (resolution_seconds, sampled_at, panel, subject, measured)
    select resolution, ${now}::timestamptz - minute * interval '1 minute', panel, 'table ' || subject, '{"sizeBytes": 1}'
    from unnest(array[60, 3600]) as resolution, generate_series(0, 600, 60) as minute, generate_series(1, 500) as subject,
         unnest(array['relation-sizes', 'database-sizes', 'hit-ratios', 'connection-saturation']) as panel`;
  await app`
    insert into findings (panel, subject, severity, sentence, value, began_at, last_seen_at, ended_at)
    select 'sequences', 'table ' || n, 'warning', 'It runs out.', 1, ${now}, ${now}, case when n > 300 then ${now}::timestamptz end
    from generate_series(1, 20000) as n`;
  const owner = open("console_owner");
  await owner`analyze panel_samples, findings`;
  await owner.end();
});
afterAll(async () => {
  await Promise.all([app.end(), forDrizzle.end()]);
  await databases.drop();
});

test("the overview reads its own rows by index, however many samples and former findings are kept", async () => {
  await Promise.all([listOpenFindings(db), listPanelStates(db), readTargets(db, now, "securyflex")]);
  expect(sent.length).toBe(8);
  for (const { query, params } of sent) {
    const [row] = await app.unsafe(`explain (analyze, format json) ${query}`, params as never[]);
    const plan = JSON.stringify(row?.["QUERY PLAN"]);
    const whole = [...plan.matchAll(/"Node Type":"Seq Scan"[^{}]*?"Relation Name":"(\w+)"/g)].map(([, name]) => name);
    expect(
      whole.filter((name) => name !== "panel_readings"),
      query,
    ).toEqual([]);
    const read = [...plan.matchAll(/"Actual Rows":(\d+)/g)].map(([, rows]) => Number(rows));
    expect(Math.max(...read), query).toBeLessThanOrEqual(300);
  }
});
