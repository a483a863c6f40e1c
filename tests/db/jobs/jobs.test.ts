import { existsSync } from "node:fs";
import { join } from "node:path";

import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type Database, openClient, type Sql } from "../../../db/connections";
import { loginUrl, projectDirectory } from "../../../db/environment";
import { checkFeatures } from "../../../db/jobs/check-features";
import { jobs } from "../../../db/jobs/index";
import { type Job, latestSlot, nextSlot } from "../../../db/jobs/job";
import { pruneRecords } from "../../../db/jobs/prune-records";
import { slotId } from "../../../db/jobs/queue";
import { watchServer } from "../../../db/jobs/watch-server";
import * as schema from "../../../db/schema";
import { cloneDatabases, type TestDatabases } from "../../support/databases";

let databases: TestDatabases;
let owner: Sql;
let app: Sql;
let readClient: Sql;
let securyflex: Database;
let opsClient: Sql;
let operate: Database;

beforeAll(async () => {
  databases = await cloneDatabases();
  const open = (url: string) => openClient(url, { max: 2, applicationName: "tests" });
  owner = open(loginUrl(databases.environment, "console_owner"));
  app = open(loginUrl(databases.environment, "console_app"));
  readClient = open(loginUrl(databases.environment, "console_read"));
  securyflex = drizzle(readClient, { schema });
  opsClient = open(loginUrl(databases.environment, "console_ops"));
  operate = drizzle(opsClient, { schema });
});
afterAll(async () => {
  await Promise.all([owner, app, readClient, opsClient].map((client) => client.end()));
  await databases.drop();
});

const slot = new Date("2026-11-22T13:05:00Z");

/** Runs a job as the worker's logins, without the queue. */
function run(job: Job, at: Date = slot, db: Database = securyflex): Promise<string> {
  const write = async <Result>(work: (sql: Sql) => Promise<Result>) =>
    (await app.begin((sql) => work(sql as unknown as Sql))) as Result;
  return job.run({ securyflex: db, operate, write, signal: new AbortController().signal, slot: at });
}

test("each job has a file of its name, a purpose, and a schedule without the hour that summer time takes", () => {
  expect(new Set(jobs.map(({ id }) => id)).size).toBe(jobs.length);
  for (const { id, schedule, purpose, timeoutSeconds, attempts } of jobs) {
    expect(existsSync(join(projectDirectory, "db/jobs", `${id}.ts`))).toBe(true);
    expect(purpose).toMatch(/\.$/);
    expect(schedule.split(" ")).toHaveLength(5);
    expect(schedule.split(" ")[1]).not.toMatch(/\b2\b/);
    expect(timeoutSeconds).toBeGreaterThan(0);
    expect(attempts).toBeGreaterThan(0);
  }
});

test("a slot is the newest instant of the schedule, itself included, also across summer time", () => {
  const at = (text: string) => new Date(text);
  expect(latestSlot("* * * * *", at("2026-11-22T10:00:00.000Z"))).toEqual(at("2026-11-22T10:00:00Z"));
  expect(latestSlot("* * * * *", at("2026-11-22T10:00:59.999Z"))).toEqual(at("2026-11-22T10:00:00Z"));
  expect(latestSlot("15 3 * * *", at("2026-10-25T12:00:00Z"))).toEqual(at("2026-10-25T02:15:00Z"));
  expect(latestSlot("15 3 * * *", at("2026-03-29T12:00:00Z"))).toEqual(at("2026-03-29T01:15:00Z"));
  expect(nextSlot("15 3 * * *", at("2026-03-28T12:00:00Z"))).toEqual(at("2026-03-29T01:15:00Z"));
  expect(slotId("a", slot)).toBe(slotId("a", new Date(slot)));
  expect(slotId("a", slot)).not.toBe(slotId("b", slot));
});

test("the server is sampled once a minute, also when the run is repeated, and an outage is a sample too", async () => {
  expect(await run(watchServer)).toMatch(/^Answered in \d+ ms; \d+ of \d+ connections\.$/);
  await run(watchServer);
  const nowhere = openClient("postgres://nobody@127.0.0.1:1/nothing", { max: 1, applicationName: "tests" });
  const minuteLater = new Date(slot.getTime() + 60_000);
  expect(await run(watchServer, minuteLater, drizzle(nowhere, { schema }))).toBe("The server refuses connections.");
  await nowhere.end();

  const samples = await owner`select * from server_samples order by sampled_at`;
  expect(samples).toHaveLength(2);
  expect(samples[0]).toMatchObject({ sampled_at: slot, is_reachable: true, failure: null });
  expect(Number(samples[0]?.size_bytes)).toBeGreaterThan(1_000_000);
  expect(samples[0]?.connections_used).toBeGreaterThan(0);
  expect(samples[0]?.connections_available).toBeGreaterThan(samples[0]?.connections_used);
  expect(samples[1]).toMatchObject({ is_reachable: false, size_bytes: null, connections_used: null });
});

test("a feature keeps the instant since when it holds, until it changes", async () => {
  const admin = openClient(databases.environment.DATABASE_URL as string, { max: 1, applicationName: "tests" });
  const read = async () =>
    (await owner`select state, since, read_at from feature_readings where feature = 'index-advice'`)[0];
  const hour = (count: number) => new Date(slot.getTime() + count * 3_600_000);
  try {
    await admin`drop extension if exists hypopg`;
    expect(await run(checkFeatures, hour(0))).toContain("index-advice");
    const first = await read();
    expect(first).toMatchObject({ state: "missing", since: first?.read_at });
    await run(checkFeatures, hour(1));
    const second = await read();
    expect(second).toMatchObject({ state: "missing", since: first?.since });
    expect(second?.read_at.getTime()).toBeGreaterThan(first?.read_at.getTime());
    await admin`create extension hypopg`;
    expect(await run(checkFeatures, hour(2))).not.toContain("index-advice");
    const third = await read();
    expect(third).toMatchObject({ state: "available", since: third?.read_at });
  } finally {
    await admin.end();
  }
});

test("what is old is deleted, what is in use or recent stays", async () => {
  const [staff] = await owner`
    insert into staff (email, full_name, role, password_hash) values ('a@b.nl', 'A', 'ops', 'x') returning id`;
  const days = (count: number) => new Date(slot.getTime() - count * 86_400_000);
  const session = (hash: string, expiresAt: Date, revokedAt: Date | null) => owner`
    insert into sessions (token_hash, staff_id, expires_at, revoked_at)
    values (${Buffer.from(hash)}, ${staff?.id}, ${expiresAt}, ${revokedAt})`;
  await session("long expired", days(31), null);
  await session("long revoked", days(-1), days(31));
  await session("revoked lately", days(-1), days(1));
  await session("open", days(-1), null);
  await owner`insert into sign_in_attempts (email, outcome, at) values ('a@b.nl', 'refused', ${days(31)})`;
  await owner`insert into sign_in_attempts (email, outcome, at) values ('a@b.nl', 'refused', ${days(29)})`;
  await owner`insert into server_samples (sampled_at, is_reachable) values (${days(3)}, true)`;
  for (const [shiftId, endedAt] of [
    [1, days(91)],
    [2, days(89)],
    [3, null],
  ] as const) {
    await owner`
      insert into alarms (shift_id, kind, cause, severity, began_at, raised_at, ended_at, ending)
      values (${shiftId}, 'late', 'absence', 'warning', ${days(92)}, ${days(92)}, ${endedAt}, ${endedAt && "recovered"})`;
  }
  const instance = crypto.randomUUID();
  await owner`insert into worker_instances (id, host, pid, last_seen_at) values (${instance}, 'h', 1, ${days(31)})`;
  for (const age of [40, 35]) {
    await owner`
      insert into job_runs (job, slot, attempt, queue_id, instance_id, ended_at, outcome)
      values ('rare', ${days(age)}, 1, gen_random_uuid(), ${instance}, ${days(age)}, 'done')`;
  }

  for (const slot of [days(31), days(29)])
    await owner`insert into audit_verifications (slot, event_count, anchor_count, faults) values (${slot}, 1, 1, '{}')`;

  expect(await run(pruneRecords)).toBe(
    "Deleted 2 sessions, 1 sign-in attempts, 1 samples, 1 runs, 0 instances, 1 alarms, 0 unobserved spans, 1 verifications of the trail, 0 statements.",
  );
  const left = await owner`select convert_from(token_hash, 'UTF8') as hash from sessions order by 1`;
  expect(left.map(({ hash }) => hash)).toEqual(["open", "revoked lately"]);
  expect(await owner`select shift_id::int as shift from alarms order by 1`).toEqual([{ shift: 2 }, { shift: 3 }]);
  expect(await owner`select slot from job_runs where job = 'rare'`).toEqual([{ slot: days(35) }]);
  expect(await run(pruneRecords)).toBe(
    "Deleted 0 sessions, 0 sign-in attempts, 0 samples, 0 runs, 0 instances, 0 alarms, 0 unobserved spans, 0 verifications of the trail, 0 statements.",
  );
});
