import { afterAll, beforeAll, expect, test } from "vitest";

import { readPanelNow } from "../../../app/database/panel-reader.server";
import { closeConnections, openClient, type Sql } from "../../../db/connections";
import { panels } from "../../../db/panels";
import { blockedSessions } from "../../../db/panels/blocked-sessions";
import { cloneDatabases, type TestDatabases } from "../../support/databases";

let databases: TestDatabases;
let watcher: Sql;

beforeAll(async () => {
  databases = await cloneDatabases();
  Object.assign(process.env, databases.environment);
  watcher = openClient(databases.environment.DATABASE_URL as string, { max: 1, applicationName: "tests" });
});
afterAll(async () => {
  await closeConnections();
  await watcher.end();
  await databases.drop();
});

test("however many panels are asked at once, the server is read over two connections", async () => {
  const seen: number[] = [];
  let isDone = false;
  const reading = Promise.all(panels.map(readPanelNow)).finally(() => {
    isDone = true;
  });
  while (!isDone) {
    const [row] = await watcher<[{ count: number }]>`
      select count(*)::integer as count from pg_stat_activity
      where usename = 'console_read' and datname = current_database()`;
    seen.push(row.count);
  }
  const readings = await reading;
  expect(readings.filter(({ state }) => state === "read").length).toBeGreaterThan(25);
  expect(Math.max(...seen)).toBe(2);
});

test("a panel that many pages ask for at once is one question, and its answer serves them for a while", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => readPanelNow(blockedSessions)));
  expect(new Set(answers).size).toBe(1);
  expect(await readPanelNow(blockedSessions)).toBe(answers[0]);
});
