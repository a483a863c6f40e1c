import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type ConsoleDatabase, openClient, type Sql } from "../../../db/connections";
import * as consoleSchema from "../../../db/console/schema";
import { listSampledParts, listSampledRows } from "../../../db/database/list-sampled-parts";
import { recordPanelReading } from "../../../db/database/record-panel-reading";
import { loginUrl } from "../../../db/environment";
import { waitEvents } from "../../../db/panels/wait-events";
import { cloneDatabases, type TestDatabases } from "../../support/databases";
import { until } from "../../support/until";
import { startVersion, type VersionServer } from "../../support/version-matrix";
import { openStage, type Stage } from "./stage";

let server: VersionServer;
let stage: Stage;
let databases: TestDatabases;
let app: Sql;
let forDrizzle: Sql;
let db: ConsoleDatabase;

beforeAll(async () => {
  server = await startVersion(17);
  stage = await openStage(server.url);
  await stage.owner.unsafe("create table guards (id integer)");
  databases = await cloneDatabases();
  const open = () => openClient(loginUrl(databases.environment, "console_app"), { max: 1, applicationName: "tests" });
  app = open();
  forDrizzle = open();
  db = drizzle(forDrizzle, { schema: consoleSchema });
});
afterAll(async () => {
  await Promise.all([app.end(), forDrizzle.end()]);
  await databases.drop();
  await stage.close();
  await server.stop();
});

const noon = new Date("2026-11-22T12:00:00Z");
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);
const over = (resolutionSeconds: number) => ({
  panel: waitEvents.id,
  column: "backends",
  resolutionSeconds,
  from: noon,
  to: later(60),
});

/** As the worker does each minute. */
async function sample(at: Date): Promise<void> {
  await app`select turn_sample_partitions(${at})`;
  const reading = await stage.reading(waitEvents);
  await app.begin((sql) => recordPanelReading(sql as unknown as Sql, { panel: waitEvents, reading, slot: at }));
}

test("what sessions wait for comes into the history and goes; nothing is a sample too, what failed is none", async () => {
  await sample(noon);
  const [holder, waiter, other] = [stage.connect("holder"), stage.connect("waiter"), stage.connect("other")];
  await holder.unsafe("begin; lock table guards");
  const waiting = [waiter, other].map((session) => session.unsafe("select from guards"));
  for (const asked of waiting) asked.catch(() => {}); // awaited below
  await until(async () => (await stage.rows(waitEvents))[0]?.backends === 2);
  await sample(later(1));
  await sample(later(2));
  await sample(later(2));
  await holder.unsafe("rollback");
  await Promise.all(waiting);
  await until(async () => (await stage.rows(waitEvents)).length === 0);
  await sample(later(3));
  const failure = { state: "unreadable" as const, readAt: later(4), sentence: "Timed out." };
  await app.begin((sql) =>
    recordPanelReading(sql as unknown as Sql, { panel: waitEvents, reading: failure, slot: later(4) }),
  );

  expect(await listSampledParts(db, over(60))).toEqual([
    { sampledAt: noon, measured: {} },
    { sampledAt: later(1), measured: { Lock: 2 } },
    { sampledAt: later(2), measured: { Lock: 2 } },
    { sampledAt: later(3), measured: {} },
  ]);
  expect(await listSampledRows(db, over(60))).toEqual([
    { subject: "Lock · relation", seenCount: 2, mean: 1, most: 2, shareRatio: 1 },
  ]);
});

test("a longer range takes its first sample whole: what came a minute later is not drawn over all of it", async () => {
  expect(await listSampledParts(db, over(600))).toEqual([{ sampledAt: noon, measured: {} }]);
  expect(await listSampledRows(db, over(600))).toEqual([]);
});

test("a session that computes stands apart from those that wait, each by its share", async () => {
  await app`delete from panel_samples`;
  const [busy, asleep] = [stage.connect("busy"), stage.connect("asleep")];
  const asked = [
    busy.unsafe("do $$ begin loop perform 1; end loop; end $$").catch(() => {}),
    asleep.unsafe("select pg_sleep(600)").catch(() => {}),
  ];
  const told = async () => (await stage.rows(waitEvents)).map(({ type, event }) => `${type} ${event}`).join();
  await until(async () => (await told()) === "Timeout PgSleep,CPU running");
  await sample(noon);
  await stage.owner`select pg_cancel_backend(pid) from pg_stat_activity where application_name in ('busy', 'asleep')`;
  await Promise.all(asked);
  expect(await listSampledParts(db, over(60))).toEqual([{ sampledAt: noon, measured: { CPU: 1, Timeout: 1 } }]);
  expect(await listSampledRows(db, over(60))).toMatchObject([
    { subject: "CPU · running", shareRatio: 0.5 },
    { subject: "Timeout · PgSleep", shareRatio: 0.5 },
  ]);
});
