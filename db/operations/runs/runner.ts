import { setTimeout as sleep } from "node:timers/promises";

import type { Database } from "../../connections";
import type { Environment } from "../../environment";
import { silenceSeconds } from "../../jobs/silence";
import type { Operation, PlanContext } from "../../operation";
import { announceRun } from "./announce-run";
import { carryOut, type RunStep } from "./carry-out";
import { claimRun, finishRun, RunLost, releaseRun, takeOverLostRuns } from "./claim-run";
import type { Run } from "./request-run";

export const mostAtOnce = 4;

export type Runner = {
  /** Takes over what dead processes left. */
  takeOver: () => Promise<void>;
  /** Begins what is queued. */
  tick: () => Promise<void>;
  /** Resolves when nothing runs here any more. */
  idle: () => Promise<void>;
};

/**
 * Carries out queued runs, a few at a time, beside any number of other instances. `ending` stops it from beginning
 * more; at `halting` what runs is stopped and given back to the queue.
 */
export function openRunner({
  environment,
  instanceId,
  operations,
  context,
  operate,
  ending,
  halting,
  log,
  onStep = () => {},
}: {
  environment: Environment;
  instanceId: string;
  operations: readonly Operation[];
  context: PlanContext;
  /** SecuryFlex as console_ops, a connection for each run at once. */
  operate: Database;
  ending: AbortSignal;
  halting: AbortSignal;
  log: (line: string) => void;
  onStep?: (step: RunStep, run: Run) => void;
}): Runner {
  const { console: db } = context;
  const running = new Map<string, Promise<void>>();

  const record = async (run: Run, operation: Operation) => {
    const result = await carryOut({ run, operation, environment, context, operate, halting, onStep });
    for (;;) {
      try {
        if (result.state === "released") await releaseRun(db, run);
        else await finishRun(db, run, result);
        onStep("outcome recorded", run);
        return;
      } catch (error) {
        if (error instanceof RunLost || halting.aborted) throw error;
        await sleep(1_000);
      }
    }
  };

  const begin = (run: Run, operation: Operation) => {
    const carried = record(run, operation)
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
        log(`worker: operation ${run.operation} ${run.id} is left, ${reason}`);
      })
      .finally(() => {
        running.delete(run.id);
        announceRun();
      });
    running.set(run.id, carried);
  };

  return {
    takeOver: async () => {
      const settling = operations.filter(({ changes }) => changes === "rows").map(({ id }) => id);
      for (const id of await takeOverLostRuns(db, silenceSeconds, settling))
        log(`worker: operation run ${id} is taken over`);
    },
    tick: async () => {
      while (running.size < mostAtOnce && !ending.aborted) {
        const run = await claimRun(db, { instanceId, operations: operations.map(({ id }) => id) });
        const operation = operations.find(({ id }) => id === run?.operation);
        if (!run || !operation) return;
        begin(run, operation);
      }
    },
    idle: async () => {
      await Promise.all(running.values());
    },
  };
}
