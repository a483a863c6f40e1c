import PgBoss from "pg-boss";

import { openClient } from "../connections";
import { jobs as everyJob } from "./index";
import type { Job } from "./job";
import { queueDatabase, queueOptions } from "./queue";

/**
 * The schema `pgboss` of the console's database, one queue for each job, and what console_app may do there: use the
 * queues, own nothing. Safe to repeat and to run in two processes. Needs the owner of the console's database.
 */
export async function installJobQueues(consoleOwnerUrl: string, jobs: readonly Job[] = everyJob): Promise<void> {
  const sql = openClient(consoleOwnerUrl, { max: 1, applicationName: "securyflex-console queues" });
  try {
    const queue = new PgBoss({ db: queueDatabase(sql), migrate: true, schedule: false, supervise: false });
    await queue.start();
    for (const job of jobs) {
      const options = queueOptions(job);
      await queue.createQueue(job.id, options);
      await queue.updateQueue(job.id, options);
    }
    await queue.stop({ graceful: false });
    await sql`grant usage on schema pgboss to console_app`;
    await sql`grant select, insert, update, delete on pgboss.job, pgboss.archive to console_app`;
    await sql`grant select on pgboss.queue, pgboss.schedule, pgboss.subscription to console_app`;
    await sql`grant select, update on pgboss.version to console_app`;
  } finally {
    await sql.end();
  }
}
