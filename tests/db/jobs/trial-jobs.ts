import { setTimeout as sleep } from "node:timers/promises";

import { defineJob, type Job, type JobContext } from "../../../db/jobs/job";

const never = "0 4 1 1 *";
const trial = { title: "Trial", purpose: "A job of the tests.", timeoutSeconds: 60, attempts: 3 };

async function isReleased({ write }: JobContext): Promise<boolean> {
  return write(async (sql) => (await sql`select from trial_release`).length > 0);
}

function writeDown(context: JobContext, word: string) {
  return context.write(
    (sql) => sql`insert into trial_writes (slot, pid, word) values (${context.slot}, ${process.pid}, ${word})`,
  );
}

/** Runs each second. */
export const steady: Job = defineJob({
  ...trial,
  id: "trial-steady",
  schedule: "* * * * * *",
  run: async (context) => {
    await writeDown(context, "ran");
    return "ran";
  },
});

/** Runs once, from its begin until the table trial_release has a row. */
export const patient: Job = defineJob({
  ...trial,
  id: "trial-patient",
  schedule: never,
  run: async (context) => {
    await writeDown(context, "began");
    while (!(await isReleased(context))) await sleep(100, undefined, { signal: context.signal });
    await writeDown(context, "ended");
    return "ended";
  },
});

export const failing: Job = defineJob({
  ...trial,
  id: "trial-failing",
  schedule: never,
  run: async () => {
    throw new Error("the disk is full\nat secret place");
  },
});

export const stubborn: Job = defineJob({
  ...trial,
  id: "trial-stubborn",
  schedule: never,
  timeoutSeconds: 1,
  attempts: 1,
  run: async () => new Promise(() => {}),
});

export const trialJobs = [steady, patient, failing, stubborn];
