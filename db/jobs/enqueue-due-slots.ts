import type PgBoss from "pg-boss";

import type { Sql } from "../connections";
import { type Job, latestSlot } from "./job";
import { slotId } from "./queue";

/**
 * Queues the newest slot of each job that has no run yet. However many instances do so, the slot's id lets one row in.
 * After a pause only the newest slot runs: a sample of an hour ago cannot be taken any more.
 * Reads job_runs_job_slot_attempt_key backwards, one probe for each job.
 */
export async function enqueueDueSlots(
  sql: Sql,
  queue: PgBoss,
  { jobs, asOf }: { jobs: readonly Job[]; asOf: Date },
): Promise<void> {
  const newest = await sql<{ job: string; slot: Date | null }[]>`
    select wanted.job, (select max(slot) from job_runs where job_runs.job = wanted.job) as slot
    from unnest(${jobs.map(({ id }) => id)}::text[]) as wanted (job)`;
  const ranUntil = new Map(newest.map(({ job, slot }) => [job, slot]));
  for (const job of jobs) {
    const slot = latestSlot(job.schedule, asOf);
    const last = ranUntil.get(job.id);
    if (last && last >= slot) continue;
    await queue.send(job.id, { slot: slot.toISOString() }, { id: slotId(job.id, slot) });
  }
}
