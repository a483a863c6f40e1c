import { createHash } from "node:crypto";

import PgBoss from "pg-boss";

import type { Sql } from "../connections";
import type { Job } from "./job";

/**
 * pg-boss on a client or transaction of postgres.js, so that the queue and our own rows commit together. Its
 * maintenance opens transactions as text, for which a client needs `max: 1`.
 */
export function queueDatabase(sql: Sql): PgBoss.Db {
  return {
    executeSql: async (text, values = []) => ({
      rows: [
        ...(await sql.unsafe(
          text,
          values.map((value) => value ?? null),
        )),
      ],
    }),
  };
}

/** The queue as the login that serves: changes no schema. Throws where it is not installed. */
export async function openQueue(sql: Sql, onError: (error: Error) => void): Promise<PgBoss> {
  const queue = new PgBoss({
    db: queueDatabase(sql),
    migrate: false,
    schedule: false,
    maintenanceIntervalSeconds: 60,
    archiveCompletedAfterSeconds: 3600,
    deleteAfterDays: 7,
  });
  queue.on("error", onError);
  return queue.start();
}

/** How the queue treats a job: one run at a time; a failed attempt waits 2, 4, 8 ... seconds for the next. */
export function queueOptions(job: Job): PgBoss.Queue {
  return {
    name: job.id,
    policy: "singleton",
    retryLimit: job.attempts - 1,
    retryDelay: 2,
    retryBackoff: true,
    expireInSeconds: job.timeoutSeconds + 120,
    retentionMinutes: 24 * 60,
  };
}

/** The id of a slot in the queue, the same in every process, so that a slot is queued once. */
export function slotId(job: string, slot: Date): string {
  const hex = createHash("sha256").update(`${job} ${slot.toISOString()}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
