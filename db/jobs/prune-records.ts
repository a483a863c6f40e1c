import { probeTag } from "../database/read-panel";
import { defineJob } from "./job";

export const keepDays = {
  sessions: 30,
  signInAttempts: 30,
  jobRuns: 30,
  workerInstances: 30,
  serverSamples: 2,
  alarms: 90,
  unobservedSpans: 800,
  auditVerifications: 30,
  statements: 90,
};

export const pruneRecords = defineJob({
  id: "prune-records",
  title: "Prune old records",
  purpose: `Deletes sessions that ended and sign-in attempts after ${keepDays.sessions} days, runs of jobs after ${keepDays.jobRuns}, samples of the server after ${keepDays.serverSamples}, alarms after ${keepDays.alarms}, what an outage hid after ${keepDays.unobservedSpans}, verifications of the trail after ${keepDays.auditVerifications}, texts and plans of statements that were not called after ${keepDays.statements}.`,
  schedule: "15 * * * *",
  timeoutSeconds: 300,
  attempts: 3,
  run: async ({ write, slot }) => {
    const before = (days: number) => new Date(slot.getTime() - days * 86_400_000);
    const deleted = await write(async (sql) => [
      await sql`delete from sessions where least(expires_at, revoked_at) < ${before(keepDays.sessions)}`,
      await sql`delete from sign_in_attempts where at < ${before(keepDays.signInAttempts)}`,
      await sql`delete from server_samples where sampled_at < ${before(keepDays.serverSamples)}`,
      await sql`
        delete from job_runs using (select job, max(slot) as slot from job_runs group by job) as newest
        where newest.job = job_runs.job and job_runs.slot < newest.slot -- the newest tells that its slot has run
          and job_runs.ended_at < ${before(keepDays.jobRuns)}`,
      await sql`
        delete from worker_instances
        where last_seen_at < ${before(keepDays.workerInstances)}
          and not exists (select from job_runs where job_runs.instance_id = worker_instances.id)`,
      await sql`delete from alarms where ended_at < ${before(keepDays.alarms)}`,
      await sql`delete from unobserved_spans where until_at < ${before(keepDays.unobservedSpans)}`,
      await sql`delete from audit_verifications where slot < ${before(keepDays.auditVerifications)}`,
      await sql`
        delete from statement_texts
        where first_seen_at < ${before(keepDays.statements)} and text not like ${`%${probeTag}%`}
          and not exists (select from statement_deltas where statement_deltas.query_id = statement_texts.query_id)`,
    ]);
    const [sessions, attempts, samples, runs, instances, alarms, spans, verifications, statements] = deleted.map(
      ({ count }) => count,
    );
    return `Deleted ${sessions} sessions, ${attempts} sign-in attempts, ${samples} samples, ${runs} runs, ${instances} instances, ${alarms} alarms, ${spans} unobserved spans, ${verifications} verifications of the trail, ${statements} statements.`;
  },
});
