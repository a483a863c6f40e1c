import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import { drizzle } from "drizzle-orm/postgres-js";
import type PgBoss from "pg-boss";

import { openClient } from "../connections";
import * as consoleSchema from "../console/schema";
import { type Environment, loginUrl } from "../environment";
import type { Operation } from "../operation";
import { operations as everyOperation } from "../operations/index";
import { announceRun, nextRun } from "../operations/runs/announce-run";
import type { RunStep } from "../operations/runs/carry-out";
import type { Run } from "../operations/runs/request-run";
import { mostAtOnce, openRunner } from "../operations/runs/runner";
import * as schema from "../schema";
import { type Attempt, AttemptLost, claimAttempt, finishAttempt, takeOverLostAttempts } from "./attempts";
import { enqueueDueSlots } from "./enqueue-due-slots";
import { jobs as everyJob } from "./index";
import { reportAlive, reportStopped } from "./instances";
import type { Job } from "./job";
import { openQueue } from "./queue";
import { firstLine, runAttempt } from "./run-attempt";
import { silenceSeconds } from "./silence";

/** How long a run waits at most that another instance asked for; what this one is asked for begins at once. */
const lookEveryMs = 500;

export type Worker = { instanceId: string; stop(): Promise<void> };

type Options = {
  jobs?: readonly Job[];
  operations?: readonly Operation[];
  /** Told where a run of an operation stands. */
  onStep?: (step: RunStep, run: Run) => void;
  /** How often it looks for work and says that it lives. */
  tickSeconds?: number;
  /** What running jobs get to end by themselves when the worker stops. */
  stopSeconds?: number;
  log?: (line: string) => void;
};

/**
 * Runs the jobs of this console, beside any number of other instances. Waits for databases that are not there and
 * goes on when they are. `stop` lets running jobs end for `stopSeconds`, then gives their slots back.
 * Speaks to the console's database as console_app and to SecuryFlex as console_read and console_ops; works behind a pooler.
 */
export async function startWorker(
  environment: Environment,
  {
    jobs = everyJob,
    operations = everyOperation,
    onStep,
    tickSeconds = 2,
    stopSeconds = 20,
    log = console.error,
  }: Options = {},
): Promise<Worker> {
  const instanceId = randomUUID();
  const applicationName = "securyflex-console worker";
  const appUrl = loginUrl(environment, "console_app");
  const queueClient = openClient(appUrl, { max: 1, applicationName });
  const sql = openClient(appUrl, { max: 3, applicationName });
  const readClient = openClient(loginUrl(environment, "console_read"), { max: 2, applicationName });
  const securyflex = drizzle(readClient, { schema });
  const opsClient = openClient(loginUrl(environment, "console_ops"), { max: 2, applicationName });
  const operate = drizzle(opsClient, { schema });

  const [ending, halting] = [new AbortController(), new AbortController()];
  setMaxListeners(0, ending.signal, halting.signal); // one for each that runs
  const consoleClient = openClient(appUrl, { max: 3, applicationName });
  const runsClient = openClient(loginUrl(environment, "console_ops"), { max: mostAtOnce, applicationName });
  const runner = openRunner({
    environment,
    instanceId,
    operations,
    context: { securyflex, console: drizzle(consoleClient, { schema: consoleSchema }) },
    operate: drizzle(runsClient, { schema }),
    ending: ending.signal,
    halting: halting.signal,
    log,
    onStep,
  });
  const running = new Map<string, Promise<void>>();
  let queue: PgBoss | undefined;
  let trouble: string | undefined;
  let isKnown = false; // whoever claims before that is taken for dead

  const report = (error: unknown) => {
    const reason = firstLine(error);
    if (reason !== trouble) log(`worker: waits, ${reason}`);
    trouble = reason;
  };
  const pause = (signal: AbortSignal) => sleep(tickSeconds * 1000, undefined, { signal }).catch(() => {});

  const carryOut = async (open: PgBoss, attempt: Attempt) => {
    const { yields } = attempt.job;
    const stopping = yields ? ending.signal : halting.signal;
    const result = await runAttempt({ sql, securyflex, operate, attempt, halting: stopping });
    if (result.outcome !== "done" && !(yields && result.outcome === "released"))
      log(`worker: ${attempt.job.id} ${result.outcome}, ${result.note}`);
    for (let isRecorded = false; !isRecorded; ) {
      try {
        await finishAttempt(sql, open, { attempt, ...result });
        isRecorded = true;
      } catch (error) {
        if (error instanceof AttemptLost) return log(`worker: ${error.message}`);
        report(error);
        if (halting.signal.aborted) return;
        await pause(halting.signal);
      }
    }
  };

  const tick = async () => {
    queue ??= await openQueue(queueClient, report);
    const open = queue;
    const asOf = await reportAlive(sql, instanceId);
    if (!isKnown) announceRun();
    isKnown = true;
    for (const job of await takeOverLostAttempts(sql, open, silenceSeconds)) log(`worker: ${job} is taken over`);
    await runner.takeOver();
    await enqueueDueSlots(sql, open, { jobs, asOf });
    for (const job of jobs.filter(({ id }) => !running.has(id))) {
      if (ending.signal.aborted) return;
      const attempt = await claimAttempt(sql, open, { job, instanceId });
      if (attempt)
        running.set(
          job.id,
          carryOut(open, attempt).finally(() => running.delete(job.id)),
        );
    }
    if (trouble) log("worker: goes on");
    trouble = undefined;
  };

  const loop = async () => {
    while (!ending.signal.aborted) {
      await tick().catch(report);
      await pause(ending.signal);
    }
  };
  const runLoop = async () => {
    while (!ending.signal.aborted) {
      const woken = nextRun(lookEveryMs, ending.signal);
      if (isKnown) await runner.tick().catch(report);
      await woken;
    }
  };
  const looping = Promise.all([loop(), runLoop()]);

  const stop = async () => {
    ending.abort();
    const heartbeat = setInterval(() => reportAlive(sql, instanceId).catch(report), tickSeconds * 1000);
    await within(
      stopSeconds,
      looping.then(() => Promise.all([...running.values(), runner.idle()])),
    );
    halting.abort();
    await within(5, Promise.all([looping, runner.idle(), ...running.values()]));
    clearInterval(heartbeat);
    await within(2, reportStopped(sql, instanceId).catch(report));
    await queue?.stop({ graceful: false });
    await Promise.all(
      [queueClient, sql, readClient, opsClient, runsClient, consoleClient].map((client) => client.end({ timeout: 2 })),
    );
  };
  let stopped: Promise<void> | undefined;
  return {
    instanceId,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Waits for `work`, at most `seconds`. */
async function within(seconds: number, work: Promise<unknown>): Promise<void> {
  const deadline = new AbortController();
  const bound = sleep(seconds * 1000, undefined, { signal: deadline.signal }).catch(() => {});
  await Promise.race([work, bound]);
  deadline.abort();
}
