import { and, desc, eq, gte, inArray, sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import { jobRuns, workerInstances } from "../console/schema";
import { jobs } from "../jobs/index";
import { nextSlot } from "../jobs/job";
import { silenceSeconds } from "../jobs/silence";

export type JobRun = Pick<
  typeof jobRuns.$inferSelect,
  "id" | "job" | "slot" | "attempt" | "startedAt" | "endedAt" | "outcome" | "note"
>;

export type JobState = {
  id: string;
  title: string;
  purpose: string;
  /** Cron of five fields in Europe/Amsterdam. */
  schedule: string;
  /** Null where it never ran. */
  lastRun: JobRun | null;
  nextRunAt: Date;
};

const runColumns = {
  id: jobRuns.id,
  job: jobRuns.job,
  slot: jobRuns.slot,
  attempt: jobRuns.attempt,
  startedAt: jobRuns.startedAt,
  endedAt: jobRuns.endedAt,
  outcome: jobRuns.outcome,
  note: jobRuns.note,
};

/** Each job with its newest run. One backward probe of job_runs_job_slot_attempt_key for each. */
export async function listJobStates(db: ConsoleDatabase, { asOf }: { asOf: Date }): Promise<JobState[]> {
  return Promise.all(
    jobs.map(async ({ id, title, purpose, schedule }) => {
      const [lastRun] = await db
        .select(runColumns)
        .from(jobRuns)
        .where(eq(jobRuns.job, id))
        .orderBy(desc(jobRuns.slot), desc(jobRuns.attempt))
        .limit(1);
      return { id, title, purpose, schedule, lastRun: lastRun ?? null, nextRunAt: nextSlot(schedule, asOf) };
    }),
  );
}

/** Runs that failed or were lost since `since`, newest first, at most `limit`. Reads the 30 days that are kept. */
export async function listTroubledRuns(
  db: ConsoleDatabase,
  { since, limit }: { since: Date; limit: number },
): Promise<JobRun[]> {
  return db
    .select(runColumns)
    .from(jobRuns)
    .where(and(inArray(jobRuns.outcome, ["failed", "lost"]), gte(jobRuns.startedAt, since)))
    .orderBy(desc(jobRuns.startedAt))
    .limit(limit);
}

export type WorkerInstance = {
  id: string;
  host: string;
  pid: number;
  startedAt: Date;
  lastSeenAt: Date;
  state: "alive" | "stopped" | "silent";
};

/** Instances seen since `since`, the last seen first, judged by the database's clock. */
export async function listWorkerInstances(db: ConsoleDatabase, { since }: { since: Date }): Promise<WorkerInstance[]> {
  return db
    .select({
      id: workerInstances.id,
      host: workerInstances.host,
      pid: workerInstances.pid,
      startedAt: workerInstances.startedAt,
      lastSeenAt: workerInstances.lastSeenAt,
      state: sql<WorkerInstance["state"]>`case
        when ${workerInstances.stoppedAt} is not null then 'stopped'
        when ${workerInstances.lastSeenAt} > now() - make_interval(secs => ${silenceSeconds}) then 'alive'
        else 'silent'
      end`,
    })
    .from(workerInstances)
    .where(gte(workerInstances.lastSeenAt, since))
    .orderBy(desc(workerInstances.lastSeenAt))
    .limit(50);
}
