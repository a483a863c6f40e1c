import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import { openClient, type Sql } from "../../../db/connections";
import { type Environment, loginUrl } from "../../../db/environment";
import { installJobQueues } from "../../../db/jobs/install";
import { cloneDatabases } from "../../support/databases";
import { trialJobs } from "./trial-jobs";

export type Trial = { environment: Environment; sql: Sql; close: () => Promise<void> };

/** Databases with the queues of the trial jobs and a place for what they write. `sql` is the owner of the console's. */
export async function openTrial(): Promise<Trial> {
  const databases = await cloneDatabases();
  const url = loginUrl(databases.environment, "console_owner");
  await installJobQueues(url, trialJobs);
  const sql = openClient(url, { max: 2, applicationName: "tests" });
  await sql`create table trial_writes (slot timestamptz, pid integer, word text, at timestamptz default clock_timestamp())`;
  await sql`create table trial_release (at timestamptz)`;
  await sql`grant select, insert on trial_writes, trial_release to console_app`;
  return {
    environment: databases.environment,
    sql,
    close: async () => {
      await sql.end();
      await databases.drop();
    },
  };
}

/** A real worker in a process of its own. */
export function spawnWorker(environment: Environment, jobs: string[]): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "tests/db/jobs/worker-process.ts", ...jobs], {
    env: { ...process.env, ...environment },
    stdio: "ignore",
  });
}

export async function end(worker: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const exited = once(worker, "exit");
  worker.kill(signal);
  await exited;
}

/** Waits until `read` gives something; throws with `wanted` after `seconds`. */
export async function until<Found>(
  wanted: string,
  read: () => Promise<Found | undefined | false>,
  seconds = 50,
): Promise<Found> {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    const found = await read();
    if (found) return found;
    await sleep(100);
  }
  throw new Error(`Not within ${seconds} s: ${wanted}.`);
}
