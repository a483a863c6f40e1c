import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { type ConsoleDatabase, openClient, type Sql } from "../../../db/connections";
import * as consoleSchema from "../../../db/console/schema";
import { listAlikeStatements, listStatements } from "../../../db/database/list-statements";
import {
  otherQueryId,
  recordStatementShapes,
  recordStatements,
  recordStatementTexts,
} from "../../../db/database/record-statements";
import { loginUrl } from "../../../db/environment";
import type { StatementCounters } from "../../../db/rules/database/statement-deltas";
import { cloneDatabases, type TestDatabases } from "../../support/databases";

let databases: TestDatabases;
let app: Sql;
let forDrizzle: Sql;
let db: ConsoleDatabase;

beforeAll(async () => {
  databases = await cloneDatabases();
  const open = () => openClient(loginUrl(databases.environment, "console_app"), { max: 1, applicationName: "tests" });
  app = open();
  forDrizzle = open();
  db = drizzle(forDrizzle, { schema: consoleSchema });
});
afterAll(async () => {
  await Promise.all([app.end(), forDrizzle.end()]);
  await databases.drop();
});
beforeEach(async () => {
  for (const table of ["statement_deltas", "statement_counters", "statement_readings", "statement_texts"]) {
    await app`delete from ${app(table)}`;
  }
});

const noon = new Date("2026-11-22T12:00:00Z");
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);
const counted = (queryId: string, calls: number, execMilliseconds = calls): StatementCounters => ({
  queryId,
  userName: "app",
  calls,
  execMilliseconds,
  rows: calls,
  readBlocks: 0,
  temporaryBlocks: 0,
  walBytes: 0,
});

async function read(minutes: number, ...statements: StatementCounters[]): Promise<string[]> {
  const at = later(minutes);
  await app`select turn_sample_partitions(${at})`;
  return (await app.begin((sql) =>
    recordStatements(sql as unknown as Sql, { readAt: at, statements }, at),
  )) as string[];
}
const between = (from: number, to: number, resolutionSeconds = 60) =>
  listStatements(db, { from: later(from), to: later(to), resolutionSeconds, order: "total", most: 200 });

test("the first reading tells nothing; the second tells the minute between", async () => {
  expect(await read(0, counted("71", 1000))).toEqual([]);
  expect(await read(1, counted("71", 1010, 1050))).toEqual(["71"]);
  await recordStatementTexts(app, [{ queryId: "71", text: "alter role app password 'hush'" }]);
  expect(await between(0, 5)).toMatchObject([
    {
      queryId: "71",
      text: "alter role app password …",
      calls: 10,
      totalMilliseconds: 50,
      meanMilliseconds: 5,
      timeRatio: 1,
    },
  ]);
  expect(await read(2, counted("71", 1020, 1060))).toEqual([]);
});

test("minutes add up to the ten minutes and the hour", async () => {
  for (let minute = 0; minute <= 15; minute += 1) await read(minute, counted("71", 100 + minute));
  expect(await between(0, 60)).toMatchObject([{ calls: 15 }]);
  expect(await between(0, 60, 600)).toMatchObject([{ calls: 15 }]);
  expect(await between(0, 60, 3600)).toMatchObject([{ calls: 15 }]);
});

test("what happened while nobody read is not dated to a minute, and so it is not told", async () => {
  await read(0, counted("71", 100));
  await read(30, counted("71", 900));
  await read(31, counted("71", 903));
  expect(await between(0, 60)).toMatchObject([{ calls: 3 }]);
});

test("a statement is held against the equal period before", async () => {
  await read(0, counted("71", 0, 0), counted("72", 0, 0));
  await read(1, counted("71", 10, 20), counted("72", 0, 0));
  await read(3, counted("71", 20, 220), counted("72", 5, 5));
  const [slower, fresh] = await between(2, 4);
  expect(slower).toMatchObject({ queryId: "71", meanMilliseconds: 20, meanMillisecondsBefore: 2, callsBefore: 10 });
  expect(fresh).toMatchObject({ queryId: "72", meanMillisecondsBefore: null, callsBefore: 0 });
});

test("of a minute with thousands of statements the dearest are kept and the totals stay whole", async () => {
  const many = (calls: number) => Array.from({ length: 3000 }, (_, index) => counted(String(index + 1), calls + index));
  await read(0, ...many(0));
  await read(1, ...many(0).map((one, index) => counted(one.queryId, 2 * index + 1)));
  const kept = await between(0, 5);
  expect(kept.length).toBeLessThan(150);
  expect(kept.map(({ queryId }) => queryId)).toContain(otherQueryId);
  expect(kept.reduce((sum, { calls }) => sum + calls, 0)).toBe((3000 * 3001) / 2);
});

test("what the console itself asked is not told once its text is known", async () => {
  await read(0, counted("71", 100), counted("72", 100));
  const unknown = await read(1, counted("71", 110), counted("72", 110));
  await recordStatementTexts(
    app,
    unknown.map((queryId) => ({ queryId, text: queryId === "71" ? "select /* ops-console:probe */ 1" : "select 2" })),
  );
  for (const resolutionSeconds of [60, 600, 3600]) {
    expect(await between(0, 60, resolutionSeconds)).toMatchObject([{ queryId: "72" }]);
  }
});

test("a reading that comes after a younger one tells nothing", async () => {
  await read(0, counted("71", 100));
  await read(2, counted("71", 120));
  await read(1, counted("71", 110));
  await read(3, counted("71", 121));
  expect(await between(0, 60)).toMatchObject([{ calls: 21 }]);
});

test("statements of one shape are found under each other's ids, also those stored before shapes were told", async () => {
  const ids = ["81", "82", "83", "84", "85", "86"];
  await read(0, ...ids.map((id) => counted(id, 100)));
  await read(1, ...ids.map((id) => counted(id, 100 + Number(id), 100 + 2 * Number(id))));
  const texts = [
    "select * from guards where id in ($1, $2)",
    "SELECT * FROM guards WHERE id IN ($1, $2, $3) -- app 7",
    "select * from guards where id in ($1 /*, ... */)",
    "select * from guards where name in ($1, $2)",
    "select * from guards where id in (",
    "select * from guards where id in ($1,",
  ];
  await recordStatementTexts(
    app,
    texts.map((text, position) => ({ queryId: ids[position] as string, text })),
  );
  await app`update statement_texts set shape = null where query_id = 83`;
  const alike = async (queryId: string) =>
    (await listAlikeStatements(db, { queryId, from: noon, to: later(5), resolutionSeconds: 60 })).map(
      (one) => one.queryId,
    );
  expect(await alike("81")).toEqual(["82"]);
  await recordStatementShapes(app);
  expect(await alike("81")).toEqual(["83", "82"]);
  expect(await alike("84")).toEqual([]);
  expect(await alike("85")).toEqual([]);
  const [costliest] = await listAlikeStatements(db, { queryId: "81", from: noon, to: later(5), resolutionSeconds: 60 });
  expect(costliest).toMatchObject({ calls: 83, totalMilliseconds: 166, firstSeenAt: expect.any(Date) });
});
