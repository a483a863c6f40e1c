import { setTimeout as sleep } from "node:timers/promises";

import postgres from "postgres";

import { isSharedTuple } from "./logins";
import { MigrationError } from "./migration-error";
import type { ScriptRun } from "./script-run";
import type { LockLook } from "./watch-locks";

const lockNotAvailable = "55P03";
const deadlockDetected = "40P01";

/**
 * Does `work`, again as a whole where a lock was not free, with a pause that grows and is never the same. Throws
 * MigrationError that names who held it, and the reason of the run's signal when it is called off.
 */
export async function inShortTries<Result>(
  run: ScriptRun,
  work: (onLook: (look: LockLook) => void) => Promise<Result>,
): Promise<Result> {
  const { patience, signal, onLine, migration } = run;
  let heldBy: string | null = null;
  let toldOf = "";
  const onLook = (look: LockLook) => {
    if (look.heldBy === null) return;
    heldBy = look.heldBy;
    const who = heldBy.replace(/, [^;]*/g, "");
    if (who !== toldOf) onLine(`${migration.label} waits for ${heldBy}.`);
    toldOf = who;
  };
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await work(onLook);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (!(error instanceof postgres.PostgresError) || error.code.startsWith("57P")) throw error;
      if (!isPassing(error) || attempt === patience.lockAttempts)
        throw new MigrationError(explain(run, error, heldBy), { cause: error });
      if (error.code === lockNotAvailable)
        onLine(`${migration.label}: a lock was not free, try ${attempt} of ${patience.lockAttempts}.`);
      const pauseMs = 200 * attempt * (0.5 + Math.random());
      await sleep(pauseMs, undefined, signal ? { signal } : {}).catch(() => undefined);
    }
  }
}

function isPassing(error: postgres.PostgresError): boolean {
  return error.code === lockNotAvailable || error.code === deadlockDetected || isSharedTuple(error);
}

function explain(
  { migration: { label }, script, patience }: ScriptRun,
  error: postgres.PostgresError,
  heldBy: string | null,
): string {
  const standing = script.isTransactional
    ? "Nothing was changed"
    : "Its statements before that stand and are not run again";
  if (error.code === lockNotAvailable) {
    const who = heldBy ? ` It was held by ${heldBy}.` : "";
    return `${label} did not run: a lock was not free in ${patience.lockAttempts} tries of ${patience.lockTimeoutMs / 1000} s.${who} ${standing}; run it again when the table is quieter.`;
  }
  const detail = error.detail ? ` (${error.detail})` : "";
  return `${label} did not run: ${error.message}${detail}. Migrations before it stand; mend the cause and run it again.`;
}
