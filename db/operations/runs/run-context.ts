import { and, eq } from "drizzle-orm";

import type { Database } from "../../connections";
import { operationLog, operationRuns } from "../../console/operations";
import type { Operation, PlanContext, RunContext } from "../../operation";
import { type AdminSession, sessionName } from "./admin-session";
import type { RunStep } from "./carry-out";
import { holdRun, isCalledOff } from "./claim-run";
import { transactEffect } from "./effects";
import type { Run } from "./request-run";

const cleanUpMs = 60_000;

/** What one attempt at a run is given to work with. */
export function runContext({
  run,
  operation,
  context,
  operate,
  session,
  signal,
  onStep,
}: {
  run: Run;
  operation: Operation;
  context: PlanContext;
  operate: Database;
  session: AdminSession | undefined;
  signal: AbortSignal;
  onStep: (step: RunStep, run: Run) => void;
}): RunContext {
  const { console: db } = context;
  const log = async (line: string) => {
    await db.insert(operationLog).values({ runId: run.id, attempt: run.attempt, line });
  };
  const held = and(
    eq(operationRuns.id, run.id),
    eq(operationRuns.attempt, run.attempt),
    eq(operationRuns.state, "running"),
  );
  const send = async (statement: string, stop?: AbortSignal) => {
    if (!session) throw new Error("This operation changes the console's database alone.");
    await isCalledOff(db, run);
    await log(statement);
    onStep("statement begins", run);
    const answer = await session.execute(statement, stop ? AbortSignal.any([signal, stop]) : signal);
    onStep("statement ended", run);
    for (const warning of answer.warnings) await log(`The server says: ${warning}`);
    return answer;
  };
  return {
    ...context,
    signal,
    log,
    get admin() {
      if (!session) throw new Error("This operation changes the console's database alone.");
      return session.sql;
    },
    openSession: (options) => {
      if (!session) throw new Error("This operation changes the console's database alone.");
      return session.open(options);
    },
    sessionName: sessionName(run),
    execute: async (statement, stop) => (await send(statement, stop)).warnings,
    read: async (statement, stop) => (await send(statement, stop)).rows,
    cleanUp: async (statement) => {
      await isCalledOff(db, run);
      await log(statement);
      await session?.execute(statement, AbortSignal.timeout(cleanUpMs));
    },
    transact: async (work, part) => {
      if (operation.changes !== "rows") throw new Error(`${operation.id} does not say that it changes rows.`);
      if ((part === undefined) === Boolean(operation.hasParts))
        throw new Error(`${operation.id} has ${operation.hasParts ? "parts" : "one effect"}.`);
      await isCalledOff(db, run);
      return transactEffect(operate, run, { work, part, signal, onStep: (step) => onStep(step, run) });
    },
    write: (work) =>
      db.transaction(async (transaction) => {
        await holdRun(transaction, run);
        return work(transaction);
      }),
    runId: run.id,
    reach: (failpoint) => {
      if (!operation.failpoints?.includes(failpoint))
        throw new Error(`${operation.id} names no failpoint ${failpoint}.`);
      onStep(failpoint, run);
    },
    progress: async (progress) => {
      await db.update(operationRuns).set({ progress }).where(held);
    },
  };
}
