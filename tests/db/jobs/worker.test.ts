import { afterEach, beforeEach, expect, test } from "vitest";

import { openClient } from "../../../db/connections";
import { loginUrl } from "../../../db/environment";
import { claimAttempt, finishAttempt, takeOverLostAttempts, writeAs } from "../../../db/jobs/attempts";
import { enqueueDueSlots } from "../../../db/jobs/enqueue-due-slots";
import { reportAlive } from "../../../db/jobs/instances";
import type { Job } from "../../../db/jobs/job";
import { openQueue } from "../../../db/jobs/queue";
import { startWorker, type Worker } from "../../../db/jobs/worker";
import { onServer } from "../../support/templates";
import { openTrial, type Trial, until } from "./trial";
import { failing, patient, steady, stubborn } from "./trial-jobs";

let trial: Trial;
let workers: Worker[];
let lines: string[];

beforeEach(async () => {
  trial = await openTrial();
  workers = [];
  lines = [];
});
afterEach(async () => {
  for (const worker of workers) await worker.stop();
  await trial.close();
});

async function work(jobs: Job[], stopSeconds = 10): Promise<Worker> {
  const worker = await startWorker(trial.environment, { jobs, stopSeconds, log: (line) => lines.push(line) });
  workers.push(worker);
  return worker;
}

const runs = () => trial.sql`select attempt, outcome, note from job_runs order by id`;
const isWritten = async (word: string) => (await trial.sql`select from trial_writes where word = ${word}`).length > 0;

test("a worker that stops lets its job end", async () => {
  const worker = await work([patient]);
  await until("the job began", () => isWritten("began"));
  const stopped = worker.stop();
  await trial.sql`insert into trial_release values (now())`;
  await stopped;
  expect(await runs()).toMatchObject([{ attempt: 1, outcome: "done", note: "ended" }]);
});

test("a job that outlasts the stop is given back and done by another worker", async () => {
  const worker = await work([patient], 1);
  await until("the job began", () => isWritten("began"));
  await worker.stop();
  expect(await runs()).toMatchObject([{ attempt: 1, outcome: "released" }]);
  await trial.sql`insert into trial_release values (now())`;
  await work([patient]);
  await until("the job ended", () => isWritten("ended"));
  await until("the second run is done", async () => (await runs())[1]?.outcome === "done");
});

test("a job that fails is tried again, three times in all, and each failure is on record in one line", async () => {
  await work([failing]);
  await until("three attempts failed", async () => (await runs()).filter(({ outcome }) => outcome).length === 3);
  expect(await runs()).toEqual([1, 2, 3].map((attempt) => ({ attempt, outcome: "failed", note: "the disk is full" })));
  const [queued] = await trial.sql`select state from pgboss.job where name = ${failing.id}`;
  expect(queued?.state).toBe("failed");
  expect(lines).toEqual(Array(3).fill("worker: trial-failing failed, the disk is full"));
});

test("a job that does not end is given up after its timeout", async () => {
  await work([stubborn]);
  await until("the run failed", async () => (await runs())[0]?.outcome === "failed");
  expect(await runs()).toMatchObject([{ note: "It did not end within 1 s." }]);
});

test("a worker waits while its database is away and goes on by itself", async () => {
  const name = new URL(loginUrl(trial.environment, "console_app")).pathname.slice(1);
  const server = trial.environment.DATABASE_URL as string;
  const slots = async () => Number((await trial.sql`select count(*) from trial_writes`)[0]?.count);
  await work([steady]);
  await until("the job ran", async () => (await slots()) > 0);
  await onServer(server, async (sql) => {
    await sql.unsafe(`alter database ${name} allow_connections false`);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
  });
  await until("the worker says that it waits", async () => lines.some((line) => line.startsWith("worker: waits")));
  await onServer(server, (sql) => sql.unsafe(`alter database ${name} allow_connections true`));
  const before = await slots();
  await until("the job runs again", async () => (await slots()) > before);
  await until("the worker says so", async () => lines.includes("worker: goes on"));
});

test("only one of two instances gets a slot, and the silent one loses it with all its writes", async () => {
  const url = loginUrl(trial.environment, "console_app");
  const [sql, queueClient] = [5, 1].map((max) => openClient(url, { max, applicationName: "tests" })) as [
    ReturnType<typeof openClient>,
    ReturnType<typeof openClient>,
  ];
  const queue = await openQueue(queueClient, (error) => lines.push(error.message));
  try {
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
    const asOf = await reportAlive(sql, first);
    await reportAlive(sql, second);
    await enqueueDueSlots(sql, queue, { jobs: [patient], asOf });
    const claims = await Promise.all([
      claimAttempt(sql, queue, { job: patient, instanceId: first }),
      claimAttempt(sql, queue, { job: patient, instanceId: first }),
    ]);
    const [early] = claims.filter((claim) => claim !== undefined);
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
    if (!early) throw new Error("nobody got the slot");

    expect(await takeOverLostAttempts(sql, queue, 15)).toEqual([]);
    await sql`update worker_instances set last_seen_at = now() - interval '16 s' where id = ${first}`;
    expect(await takeOverLostAttempts(sql, queue, 15)).toEqual([patient.id]);
    const late = await until("the slot is free", () => claimAttempt(sql, queue, { job: patient, instanceId: second }));
    expect(late.number).toBe(2);

    const insert = (attempt: typeof early) =>
      writeAs(sql, attempt, (transaction) => transaction`insert into trial_writes (word) values (${attempt.number})`);
    await insert(late);
    await expect(insert(early)).rejects.toThrow("attempt 1 of trial-patient was taken over");
    await expect(finishAttempt(sql, queue, { attempt: early, outcome: "done", note: "late" })).rejects.toThrow(
      "taken over",
    );
    await finishAttempt(sql, queue, { attempt: late, outcome: "done", note: "in time" });
    expect(await runs()).toMatchObject([{ outcome: "lost" }, { outcome: "done", note: "in time" }]);
    expect(await trial.sql`select word from trial_writes`).toEqual([{ word: "2" }]);
  } finally {
    await queue.stop({ graceful: false });
    await Promise.all([sql.end(), queueClient.end()]);
  }
});
