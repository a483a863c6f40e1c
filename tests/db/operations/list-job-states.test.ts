import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type ConsoleDatabase, openClient, type Sql } from "../../../db/connections";
import * as consoleSchema from "../../../db/console/schema";
import { jobRuns, serverSamples, workerInstances } from "../../../db/console/schema";
import { summariseServerSamples } from "../../../db/database/list-server-samples";
import { loginUrl } from "../../../db/environment";
import { jobs } from "../../../db/jobs/index";
import { listJobStates, listTroubledRuns, listWorkerInstances } from "../../../db/operations/list-job-states";
import { listMigrationStatuses } from "../../../db/operations/list-migration-statuses";
import { cloneDatabases, type TestDatabases } from "../../support/databases";

let databases: TestDatabases;
let client: Sql;
let db: ConsoleDatabase;
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

beforeAll(async () => {
  databases = await cloneDatabases();
  client = openClient(loginUrl(databases.environment, "console_app"), { max: 2, applicationName: "tests" });
  db = drizzle(client, { schema: consoleSchema });
});
afterAll(async () => {
  await client.end();
  await databases.drop();
});

test("a worker is alive, has said goodbye, or is silent; one of the day before yesterday is not listed", async () => {
  const instance = (pid: number, lastSeenAt: Date, stoppedAt: Date | null = null) => ({
    id: crypto.randomUUID(),
    host: "host",
    pid,
    lastSeenAt,
    stoppedAt,
  });
  await db
    .insert(workerInstances)
    .values([instance(1, ago(2)), instance(2, ago(60)), instance(3, ago(90), ago(90)), instance(4, ago(200_000))]);
  const listed = await listWorkerInstances(db, { since: ago(86_400) });
  expect(listed.map(({ pid, state }) => [pid, state])).toEqual([
    [1, "alive"],
    [2, "silent"],
    [3, "stopped"],
  ]);
});

test("each job shows its newest run, and failures are listed newest first", async () => {
  const [instance] = await db.select().from(workerInstances).limit(1);
  const run = (slotAgo: number, attempt: number, outcome: "done" | "failed" | "lost", note: string) => ({
    job: "watch-server",
    slot: ago(slotAgo),
    attempt,
    queueId: crypto.randomUUID(),
    instanceId: instance?.id as string,
    startedAt: ago(slotAgo - attempt),
    endedAt: ago(slotAgo - attempt - 1),
    outcome,
    note,
  });
  const slot = ago(300);
  await db
    .insert(jobRuns)
    .values([
      run(900, 1, "lost", "oldest"),
      { ...run(300, 1, "failed", "newest failure"), slot },
      { ...run(300, 2, "done", "newest"), slot },
      run(600, 1, "done", "middle"),
    ]);
  const states = await listJobStates(db, { asOf: new Date("2026-11-22T13:00:30Z") });
  expect(states.map(({ id }) => id)).toEqual(jobs.map(({ id }) => id));
  const watch = states.find(({ id }) => id === "watch-server");
  expect(watch?.lastRun).toMatchObject({ attempt: 2, outcome: "done", note: "newest" });
  expect(watch?.nextRunAt).toEqual(new Date("2026-11-22T13:01:00Z"));
  expect(states.find(({ id }) => id === "prune-records")?.lastRun).toBeNull();
  const troubled = await listTroubledRuns(db, { since: ago(86_400), limit: 10 });
  expect(troubled.map(({ note }) => note)).toEqual(["newest failure", "oldest"]);
});

test("samples are summed up, and without any nothing is known", async () => {
  expect(await summariseServerSamples(db, { since: ago(3600) })).toEqual({
    taken: 0,
    answered: 0,
    lastAnsweredAt: null,
    connectionsPeak: null,
  });
  const answeredAt = ago(120);
  await db.insert(serverSamples).values([
    { sampledAt: answeredAt, isReachable: true, connectionsUsed: 12 },
    { sampledAt: ago(60), isReachable: false, failure: "The server refuses connections." },
    { sampledAt: ago(7200), isReachable: true, connectionsUsed: 99 },
  ]);
  expect(await summariseServerSamples(db, { since: ago(3600) })).toEqual({
    taken: 2,
    answered: 1,
    lastAnsweredAt: answeredAt,
    connectionsPeak: 12,
  });
});

test("the migrations of both databases are listed with who, when and how long; what is not applied is pending", async () => {
  const all = await listMigrationStatuses(databases.environment);
  expect(all.every(({ ledger }) => ledger !== null)).toBe(true);
  expect(new Set(all.map(({ database }) => database))).toEqual(new Set(["SecuryFlex", "console"]));
  const owner = openClient(databases.environment.DATABASE_URL as string, { max: 1, applicationName: "tests" });
  await owner`delete from console_migrations.ledger where version = (select max(version) from console_migrations.ledger)`;
  await owner.end();
  const pending = (await listMigrationStatuses(databases.environment)).filter(({ ledger }) => !ledger);
  expect(pending.map(({ database }) => database)).toEqual(["SecuryFlex"]);
});
