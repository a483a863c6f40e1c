import { afterAll, beforeAll, expect, test } from "vitest";

import { watchBoard } from "../../../db/jobs/watch-board";
import { type Cast, engageCast, openAsOwner, planShift } from "../live/board";
import { end, openTrial, spawnWorker, type Trial, until } from "./trial";

let trial: Trial;
let owner: ReturnType<typeof openAsOwner>;
let cast: Cast;

beforeAll(async () => {
  trial = await openTrial();
  owner = openAsOwner(trial.environment.DATABASE_URL as string);
  cast = await engageCast(owner.db);
});
afterAll(async () => {
  await owner?.close();
  await trial?.close();
});

/** A shift that began ten minutes ago and that nobody has. Returns its id. */
function leaveVacant(): Promise<number> {
  const vacant = { professionalId: null, status: "published" } as const;
  const startDatetime = new Date(Date.now() - 600_000);
  const endDatetime = new Date(Date.now() + 7_200_000);
  return planShift(owner.db, cast, { from: 0, to: 1, ...vacant, startDatetime, endDatetime });
}

const listAlarms = () => trial.sql`
  select id, shift_id::int as shift, kind, times, raised_at as "raisedAt", ended_at as "endedAt" from alarms order by id`;

/** The process that watches now. */
async function findWatcher(): Promise<number | undefined> {
  const [held] = await trial.sql`
    select pid from job_runs join worker_instances on worker_instances.id = job_runs.instance_id
    where job = ${watchBoard.id} and job_runs.ended_at is null`;
  return held?.pid;
}

async function raisedWithin(shiftId: number): Promise<number> {
  const since = Date.now();
  await until(
    `an alarm for shift ${shiftId}`,
    async () => (await listAlarms()).some(({ shift }) => shift === shiftId),
    90,
  );
  return (Date.now() - since) / 1000;
}

test("beside one another two workers raise each alarm once; a killed one is followed within a minute, one that stops at once", async () => {
  const workers = [1, 2].map(() => spawnWorker(trial.environment, [watchBoard.id]));
  try {
    await until("the clock has caught up with now", async () => {
      const [clock] = await trial.sql`select from alarm_clock where judged_at > now() - interval '10 s'`;
      return clock !== undefined;
    });
    const first = await leaveVacant();
    await raisedWithin(first);
    const [raised] = await listAlarms();

    const pid = await until("a worker holds the slot", findWatcher);
    const killed = workers.find((worker) => worker.pid === pid);
    expect(killed).toBeDefined();
    await end(killed as (typeof workers)[0], "SIGKILL");
    const second = await leaveVacant();
    expect(await raisedWithin(second)).toBeLessThan(60);

    const survivor = workers.find((worker) => worker !== killed) as (typeof workers)[0];
    await until("the survivor holds the slot", async () => (await findWatcher()) === survivor.pid);
    const successor = spawnWorker(trial.environment, [watchBoard.id]);
    workers.push(successor);
    await until("the successor lives", async () => {
      const alive = await trial.sql`select from worker_instances where pid = ${successor.pid ?? 0}`;
      return alive.length > 0;
    });
    await end(survivor, "SIGTERM");
    const third = await leaveVacant();
    expect(await raisedWithin(third)).toBeLessThan(60);
    await until("the successor holds the slot", async () => (await findWatcher()) === successor.pid);

    const alarms = await listAlarms();
    expect(alarms.map(({ shift, kind, times, endedAt }) => [shift, kind, times, endedAt])).toEqual(
      [first, second, third].map((shift) => [shift, "unfilled", 1, null]),
    );
    expect(alarms[0]).toEqual(raised);
    const failed = await trial.sql`select note from job_runs where outcome = 'failed'`;
    expect(failed).toEqual([]);
  } finally {
    for (const worker of workers) await end(worker, "SIGKILL");
  }
}, 300_000);
