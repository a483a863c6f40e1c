import type PgBoss from "pg-boss";

import type { Sql } from "../connections";
import type { Job } from "./job";
import { queueDatabase } from "./queue";

export type Attempt = { runId: number; job: Job; queueId: string; slot: Date; number: number };
export type Outcome = "done" | "failed" | "released";

/** The slot was taken over by another process; nothing of this attempt counts any more. */
export class AttemptLost extends Error {
  override name = "AttemptLost";

  constructor(attempt: Attempt) {
    super(`attempt ${attempt.number} of ${attempt.job.id} was taken over; its result is discarded`);
  }
}

/**
 * Takes the next queued slot of a job for one instance; undefined when there is none or another instance runs the job.
 * The queue's row and ours commit together.
 */
export async function claimAttempt(
  sql: Sql,
  queue: PgBoss,
  { job, instanceId }: { job: Job; instanceId: string },
): Promise<Attempt | undefined> {
  return inTransaction(sql, async (transaction) => {
    const [found] = await queue.fetch<{ slot: string }>(job.id, {
      includeMetadata: true,
      db: queueDatabase(transaction),
    });
    if (!found) return undefined;
    const number = found.retryCount + 1;
    const slot = new Date(found.data.slot);
    await transaction`
      update job_runs set ended_at = now(), outcome = 'lost', note = 'A later attempt began.'
      where job = ${job.id} and slot = ${slot} and ended_at is null`;
    const [run] = await transaction<{ id: string }[]>`
      insert into job_runs (job, slot, attempt, queue_id, instance_id)
      values (${job.id}, ${slot}, ${number}, ${found.id}, ${instanceId})
      on conflict on constraint job_runs_job_slot_attempt_key do nothing
      returning id`;
    if (run) return { runId: Number(run.id), job, queueId: found.id, slot, number };
    await queue.complete(job.id, found.id, {}, { db: queueDatabase(transaction) });
    return undefined;
  });
}

/** Ends an attempt, here and in the queue at once. Throws AttemptLost where it was taken over. */
export async function finishAttempt(
  sql: Sql,
  queue: PgBoss,
  { attempt, outcome, note }: { attempt: Attempt; outcome: Outcome; note: string },
): Promise<void> {
  await inTransaction(sql, async (transaction) => {
    const [ended] = await transaction`
      update job_runs set ended_at = now(), outcome = ${outcome}, note = ${note}
      where id = ${attempt.runId} and ended_at is null
      returning id`;
    if (!ended) throw new AttemptLost(attempt);
    const db = queueDatabase(transaction);
    if (outcome === "done") await queue.complete(attempt.job.id, attempt.queueId, { note }, { db });
    else await queue.fail(attempt.job.id, attempt.queueId, { note }, { db });
  });
}

/** Writes of a job, while its attempt holds the slot. Throws AttemptLost where it was taken over. */
export async function writeAs<Result>(
  sql: Sql,
  attempt: Attempt,
  work: (transaction: Sql) => Promise<Result>,
): Promise<Result> {
  return inTransaction(sql, async (transaction) => {
    const [held] = await transaction`
      select id from job_runs where id = ${attempt.runId} and ended_at is null for share`;
    if (!held) throw new AttemptLost(attempt);
    return work(transaction);
  });
}

/** Gives back what instances held that have been silent for `silenceSeconds`. Returns the ids of the jobs. */
export async function takeOverLostAttempts(sql: Sql, queue: PgBoss, silenceSeconds: number): Promise<string[]> {
  return inTransaction(sql, async (transaction) => {
    const lost = await transaction<{ job: string; queueId: string }[]>`
      update job_runs set
        ended_at = now(), outcome = 'lost', note = ${`Its process was silent for ${silenceSeconds} s.`}
      from worker_instances
      where worker_instances.id = job_runs.instance_id
        and job_runs.ended_at is null
        and worker_instances.last_seen_at < now() - make_interval(secs => ${silenceSeconds})
      returning job_runs.job, job_runs.queue_id as "queueId"`;
    for (const { job, queueId } of lost) {
      await queue.fail(job, queueId, { note: "lost" }, { db: queueDatabase(transaction) });
    }
    return lost.map(({ job }) => job);
  });
}

async function inTransaction<Result>(sql: Sql, work: (transaction: Sql) => Promise<Result>): Promise<Result> {
  return (await sql.begin((transaction) => work(transaction as unknown as Sql))) as Result;
}
