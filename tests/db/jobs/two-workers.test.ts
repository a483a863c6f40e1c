import { afterAll, beforeAll, expect, test } from "vitest";

import { openClient } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import { enqueueDueSlots } from "../../../db/jobs/enqueue-due-slots";
import { openQueue } from "../../../db/jobs/queue";
import { end, openTrial, spawnWorker, type Trial, until } from "./trial";
import { patient, steady } from "./trial-jobs";

let trial: Trial;
beforeAll(async () => {
  trial = await openTrial();
});
afterAll(() => trial.close());

test("two workers side by side run each slot once, and both stop in peace", async () => {
  const { sql } = trial;
  const workers = [spawnWorker(trial.environment, [steady.id]), spawnWorker(trial.environment, [steady.id])];
  // Which of them takes a slot is chance; once the one that ran has stopped, the other goes on.
  const first = await until("six slots ran", async () => {
    const [ran] = await sql`select count(*)::int as slots, min(pid)::int as pid from trial_writes`;
    return ran?.slots >= 6 && ran?.pid;
  });
  const [ended, other] = [...workers].sort((one) => (one.pid === first ? -1 : 1)) as typeof workers;
  await end(ended as (typeof workers)[number], "SIGTERM");
  await until("both workers ran slots", async () => {
    const [ran] = await sql`select count(distinct pid)::int as workers from trial_writes`;
    return ran?.workers === 2;
  });
  await end(other as (typeof workers)[number], "SIGTERM");

  const writes = await sql`select slot from trial_writes where word = 'ran'`;
  expect(new Set(writes.map(({ slot }) => slot.getTime())).size).toBe(writes.length);
  const runs = await sql`select attempt, outcome, note from job_runs where job = ${steady.id}`;
  expect(runs).toHaveLength(writes.length);
  expect(new Set(runs.map(({ attempt, outcome, note }) => `${attempt} ${outcome} ${note}`))).toEqual(
    new Set(["1 done ran"]),
  );
  const instances = await sql`select stopped_at from worker_instances`;
  expect(instances).toHaveLength(2);
  expect(instances.every(({ stopped_at }) => stopped_at !== null)).toBe(true);
  expect(workers.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
});

test("a slot is queued once by ten instances at once; without the slot's id it is queued ten times", async () => {
  const sql = openClient(loginUrl(trial.environment, "console_app"), { max: 5, applicationName: "tests" });
  const queueClient = openClient(loginUrl(trial.environment, "console_app"), { max: 1, applicationName: "tests" });
  const queue = await openQueue(queueClient, (error) => {
    throw error;
  });
  const queued = async () => {
    const [row] = await trial.sql`select count(*)::int as queued from pgboss.job where name = ${patient.id}`;
    return row?.queued;
  };
  try {
    const asOf = new Date();
    await Promise.all(Array.from({ length: 10 }, () => enqueueDueSlots(sql, queue, { jobs: [patient], asOf })));
    expect(await queued()).toBe(1);

    await trial.sql`delete from pgboss.job where name = ${patient.id}`;
    await Promise.all(Array.from({ length: 10 }, () => queue.send(patient.id, { slot: asOf.toISOString() })));
    expect(await queued()).toBe(10);
  } finally {
    await queue.stop({ graceful: false });
    await Promise.all([sql.end(), queueClient.end()]);
  }
});

test("the login that serves the queue owns nothing of it and cannot change its tables", async () => {
  const owned = await trial.sql`
    select relname from pg_class join pg_roles on pg_roles.oid = relowner where rolname = 'console_app'`;
  expect(owned).toEqual([]);
  const sql = openClient(loginUrl(trial.environment, "console_app"), { max: 1, applicationName: "tests" });
  try {
    await expect(sql`create table pgboss.intruder ()`).rejects.toMatchObject({ code: "42501" });
    await expect(sql`truncate pgboss.job`).rejects.toMatchObject({ code: "42501" });
    await expect(sql`update pgboss.queue set retry_limit = 99`).rejects.toMatchObject({ code: "42501" });
  } finally {
    await sql.end();
  }
});
