import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { type ConsoleDatabase, openClient, type Sql } from "../../../db/connections";
import * as consoleSchema from "../../../db/console/schema";
import { listOpenFindings, listPanelStates } from "../../../db/database/list-findings";
import { listPanelSamples, listSampledSubjects, resolutionFor } from "../../../db/database/list-panel-samples";
import { recordPanelReading } from "../../../db/database/record-panel-reading";
import { loginUrl } from "../../../db/environment";
import { definePanel, type PanelRow } from "../../../db/panel";
import { transactionIdAge } from "../../../db/panels/transaction-id-age";
import { cloneDatabases, type TestDatabases } from "../../support/databases";

const panel = definePanel({
  ...transactionIdAge,
  everySeconds: 60,
  finding: ({ database }) => `The database ${database} is old.`,
});

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
  await app`delete from findings`;
  await app`delete from panel_readings`;
  await app`delete from panel_samples`;
});

const noon = new Date("2026-11-22T12:00:00Z");
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);
const aged = (usedRatio: number | null, xidAge = 5): PanelRow => ({ database: "securyflex", usedRatio, xidAge });

async function answer(at: Date, rows: PanelRow[] | string): Promise<void> {
  await app`select turn_sample_partitions(${at})`;
  const reading =
    typeof rows === "string"
      ? { state: "unreadable" as const, readAt: at, sentence: rows }
      : { state: "read" as const, readAt: at, tookMilliseconds: 3, rows, isCut: false };
  await app.begin((sql) => recordPanelReading(sql as unknown as Sql, { panel, reading, slot: at }));
}

test("a finding begins with the first row over the limit, keeps its beginning, grows worse, and ends", async () => {
  await answer(noon, [aged(0.2)]);
  expect(await listOpenFindings(db)).toEqual([]);
  await answer(later(1), [aged(0.6)]);
  await answer(later(2), [aged(0.8)]);
  expect(await listOpenFindings(db)).toMatchObject([
    {
      panel: panel.id,
      subject: "securyflex",
      severity: "critical",
      value: 0.8,
      beganAt: later(1),
      lastSeenAt: later(2),
    },
  ]);
  await answer(later(3), [aged(0.2)]);
  expect(await listOpenFindings(db)).toEqual([]);
  await answer(later(4), [aged(0.6)]);
  expect(await listOpenFindings(db)).toMatchObject([{ beganAt: later(4) }]);
});

test("what cannot be read ends no finding, and says why", async () => {
  await answer(noon, [aged(0.6)]);
  await answer(later(1), "Timed out.");
  expect(await listOpenFindings(db)).toMatchObject([{ beganAt: noon, lastSeenAt: noon }]);
  expect(await listPanelStates(db)).toMatchObject([{ panel: panel.id, failure: "Timed out.", rowCount: null }]);
});

test("a row whose value is unknown is neither a finding nor fine", async () => {
  await answer(noon, [aged(null)]);
  expect(await listOpenFindings(db)).toEqual([]);
  expect(await listPanelStates(db)).toMatchObject([{ rowCount: 1, unjudgedCount: 1, failure: null }]);
});

test("each minute is kept for two days, each tenth for two weeks, each hour for ninety days", async () => {
  for (const minutes of [0, 1, 9, 10, 59, 60]) await answer(later(minutes), [aged(0.1, 100 + minutes)]);
  const read = (resolutionSeconds: number) =>
    listPanelSamples(db, { panel: panel.id, subject: "securyflex", resolutionSeconds, from: noon, to: later(120) });
  expect((await read(60)).map(({ measured }) => measured.xidAge)).toEqual([100, 101, 109, 110, 159, 160]);
  expect((await read(600)).map(({ measured }) => measured.xidAge)).toEqual([100, 110, 159, 160]);
  expect((await read(3600)).map(({ measured }) => measured.xidAge)).toEqual([100, 160]);
  expect(await listSampledSubjects(db, { panel: panel.id, resolutionSeconds: 60, from: noon, to: later(120) })).toEqual(
    ["securyflex"],
  );

  await app`select turn_sample_partitions(${later(4 * 1440)})`;
  expect(await read(60)).toEqual([]);
  expect(await read(600)).toHaveLength(4);
  await app`select turn_sample_partitions(${later(20 * 1440)})`;
  expect(await read(600)).toEqual([]);
  expect(await read(3600)).toHaveLength(2);
  await app`select turn_sample_partitions(${later(100 * 1440)})`;
  expect(await read(3600)).toEqual([]);
});

test("the same slot recorded twice is one sample", async () => {
  await answer(noon, [aged(0.1)]);
  await answer(noon, [aged(0.1)]);
  const [{ count }] = await app<[{ count: number }]>`select count(*)::integer as count from panel_samples`;
  expect(count).toBe(3);
});

test("a longer range is read in a coarser resolution, a rare panel in its own", () => {
  expect(resolutionFor(later(-60), noon, 60)).toBe(60);
  expect(resolutionFor(later(-3 * 1440), noon, 60)).toBe(600);
  expect(resolutionFor(later(-30 * 1440), noon, 60)).toBe(3600);
  expect(resolutionFor(later(-60), noon, 3600)).toBe(3600);
});
