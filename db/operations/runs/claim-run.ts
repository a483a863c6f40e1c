import { and, eq, inArray, sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../../connections";
import { operationLog, operationRuns } from "../../console/operations";
import { recordAuditEvent } from "../../console/record-audit-event";
import type { ConsoleTransaction, Outcome } from "../../operation";
import type { Run } from "./request-run";

const uniqueViolation = "23505";
export const mostAttempts = 3;

/** The run was taken over by another process; nothing of this attempt counts any more. */
export class RunLost extends Error {
  override name = "RunLost";

  constructor({ id, attempt }: Pick<Run, "id" | "attempt">) {
    super(`attempt ${attempt} of run ${id} was taken over; its result is discarded`);
  }
}

/**
 * Takes the oldest queued run that no running one excludes; undefined where there is none. Its attempt is the fencing
 * token. operation_runs_open_idx, operation_runs_exclusive_idx.
 */
export async function claimRun(
  db: ConsoleDatabase,
  { instanceId, operations }: { instanceId: string; operations: readonly string[] },
): Promise<Run | undefined> {
  if (operations.length === 0) return undefined;
  const next = sql`(
    select id from operation_runs as waiting
    where state = 'queued' and operation in ${operations} and not exists (
      select from operation_runs as busy where busy.state = 'running' and busy.exclusive_key = waiting.exclusive_key
    )
    order by requested_at limit 1 for update skip locked
  )`;
  try {
    const [run] = await db
      .update(operationRuns)
      .set({
        state: "running",
        instanceId,
        attempt: sql`${operationRuns.attempt} + 1`,
        startedAt: sql`coalesce(${operationRuns.startedAt}, now())`,
        progress: null,
      })
      .where(sql`${operationRuns.id} = ${next}`)
      .returning();
    return run;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if ((cause as { code?: unknown }).code === uniqueViolation) return undefined; // another instance was first
    throw error;
  }
}

/**
 * Queues again what instances ran that stopped or have been silent for `silenceSeconds`; what was begun three times is
 * ended as interrupted, unless its operation is one of `settling`: the next attempt knows what the last one did.
 * Returns the runs.
 */
export async function takeOverLostRuns(
  db: ConsoleDatabase,
  silenceSeconds: number,
  settling: readonly string[] = [],
): Promise<string[]> {
  return db.transaction(async (transaction) => {
    const lost = await transaction
      .select()
      .from(operationRuns)
      .where(
        sql`${operationRuns.state} = 'running' and not exists (
          select from worker_instances
          where worker_instances.id = ${operationRuns.instanceId} and stopped_at is null
            and last_seen_at > now() - make_interval(secs => ${silenceSeconds})
        )`,
      )
      .for("update", { skipLocked: true });
    for (const run of lost) {
      if (run.attempt < mostAttempts || settling.includes(run.operation)) {
        await transaction.update(operationRuns).set({ state: "queued" }).where(eq(operationRuns.id, run.id));
        const line = "Its process fell silent; another goes on.";
        await transaction.insert(operationLog).values({ runId: run.id, attempt: run.attempt, line });
      } else {
        const outcome = `Its process died ${mostAttempts} times; look at what it left before you ask again.`;
        await end(transaction, run, { state: "interrupted", outcome });
      }
    }
    return lost.map(({ id }) => id);
  });
}

/** Gives a run back to the queue, for a worker that stops. Throws RunLost where it was taken over. */
export async function releaseRun(db: ConsoleDatabase, run: Run): Promise<void> {
  const [released] = await db
    .update(operationRuns)
    .set({ state: "queued" })
    .where(isHeld(run))
    .returning({ id: operationRuns.id });
  if (!released) throw new RunLost(run);
}

/** Ends a run and puts its outcome on record, in one transaction. Throws RunLost where it was taken over. */
export async function finishRun(
  db: ConsoleDatabase,
  run: Run,
  ended: { state: "done" | "partly done" | "failed" | "cancelled" | "lapsed" | "interrupted"; outcome: Outcome },
): Promise<void> {
  await db.transaction(async (transaction) => {
    await holdRun(transaction, run);
    await end(transaction, run, { state: ended.state, outcome: ended.outcome.summary, proof: ended.outcome.proof });
  });
}

async function end(
  transaction: ConsoleTransaction,
  run: Run,
  ended: Pick<Run, "state"> & { outcome: string; proof?: Outcome["proof"] },
): Promise<void> {
  const { state, outcome, proof = null } = ended;
  await transaction
    .update(operationRuns)
    .set({ state, outcome, proof, endedAt: sql`now()` })
    .where(eq(operationRuns.id, run.id));
  await recordAuditEvent(transaction, {
    staffId: run.requestedBy,
    action: `operation.${run.operation}`,
    target: run.target,
    outcome: state === "done" ? "done" : "failed",
    reason: outcome,
    details: { run: run.id, state, attempt: run.attempt, approvedBy: run.approvedBy, proof },
    requestId: run.requestId,
  });
}

/** Locks the run for a transaction of this attempt. Throws RunLost where it was taken over. */
export async function holdRun(transaction: ConsoleTransaction, run: Run): Promise<void> {
  const [held] = await transaction
    .select({ id: operationRuns.id })
    .from(operationRuns)
    .where(isHeld(run))
    .for("update");
  if (!held) throw new RunLost(run);
}

/** Whether somebody called it off. Throws RunLost where it was taken over. */
export async function isCalledOff(db: ConsoleDatabase, run: Run): Promise<boolean> {
  const [held] = await db
    .select({ cancelRequestedAt: operationRuns.cancelRequestedAt })
    .from(operationRuns)
    .where(isHeld(run));
  if (!held) throw new RunLost(run);
  return held.cancelRequestedAt !== null;
}

function isHeld(run: Run) {
  return and(
    eq(operationRuns.id, run.id),
    inArray(operationRuns.state, ["running"]),
    eq(operationRuns.attempt, run.attempt),
  );
}
