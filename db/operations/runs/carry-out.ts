import { setTimeout as sleep } from "node:timers/promises";

import postgres from "postgres";

import type { Database } from "../../connections";
import { getStaff } from "../../console/staff";
import { unreadableReason } from "../../database/unreadable-reason";
import { type Environment, loginUrl } from "../../environment";
import {
  type Operation,
  OperationRefusal,
  OperationStopped,
  type Outcome,
  type PlanContext,
  type RunContext,
} from "../../operation";
import { type AdminSession, endPredecessors, openAdminSession } from "./admin-session";
import { isCalledOff, mostAttempts, RunLost } from "./claim-run";
import { whatMoved } from "./decide-run";
import { causeOf, EffectUnknown, fenceAttempt, hasStandingPart } from "./effects";
import { readServerIdentity } from "./make-plan";
import type { Run } from "./request-run";
import { runContext } from "./run-context";

/** Where a process may die. A test kills one at each. */
export const runSteps = [
  "claimed",
  "predecessors ended",
  "checked",
  "statement begins",
  "statement ended",
  "effect stands",
  "outcome recorded",
] as const;
/** Where one may die beside them that changes rows. */
export const transactionSteps = ["transaction begins", "transaction is to commit", "transaction committed"] as const;
/** One of every run, or a failpoint of its operation. */
export type RunStep = string;

export type RunEnding =
  | { state: "done" | "partly done" | "failed" | "cancelled" | "lapsed" | "interrupted"; outcome: Outcome }
  | { state: "released" };

class Interruption extends Error {
  constructor(readonly ending: RunEnding) {
    super("interrupted");
  }
}

const ended = (state: "failed" | "cancelled" | "lapsed" | "interrupted", summary: string): RunEnding => ({
  state,
  outcome: { summary, proof: [] },
});

const watchEveryMs = 1_000;
const brokenWayMs = 2_000;

/**
 * One attempt at a run, from its claim to how it ended; the caller records that. It begins only where the plan is still
 * the one that was asked for. Throws RunLost where another process took it over.
 */
export async function carryOut({
  run,
  operation,
  environment,
  context,
  operate,
  halting,
  onStep,
}: {
  run: Run;
  operation: Operation;
  environment: Environment;
  context: PlanContext;
  /** SecuryFlex as console_ops. */
  operate: Database;
  halting: AbortSignal;
  onStep: (step: RunStep, run: Run) => void;
}): Promise<RunEnding> {
  const interruption = new AbortController();
  const { signal } = interruption;
  const interrupt = (ending: RunEnding) => interruption.abort(new Interruption(ending));
  const release = () => interrupt({ state: "released" });
  const expire = () => interrupt(ended("failed", `It did not end within ${operation.timeoutSeconds} s.`));
  const timer = setTimeout(expire, operation.timeoutSeconds * 1000);
  halting.addEventListener("abort", release, { once: true });
  if (halting.aborted) release();
  const watch = setInterval(() => {
    isCalledOff(context.console, run).then(
      (isOff) => isOff && interrupt(ended("cancelled", "Called off while it ran; what it had begun was undone.")),
      (error: unknown) => error instanceof RunLost && interruption.abort(error),
    );
  }, watchEveryMs);
  let session: AdminSession | undefined;
  try {
    onStep("claimed", run);
    if (operation.changes === "securyflex") {
      session = openAdminSession(loginUrl(environment, "console_admin"), run);
      await endPredecessors(session.sql, run);
      onStep("predecessors ended", run);
    }
    return await attempt({
      run,
      operation,
      operate,
      context: runContext({ run, operation, context, operate, session, signal, onStep }),
      onStep,
    });
  } catch (error) {
    if (error instanceof RunLost) throw error;
    if (error instanceof EffectUnknown) {
      await sleep(brokenWayMs, undefined, { signal: halting }).catch(() => {});
      return { state: "released" };
    }
    if (error instanceof Interruption) return error.ending;
    if (signal.aborted) {
      if (signal.reason instanceof Interruption) return told(signal.reason.ending, error);
      throw signal.reason;
    }
    if (error instanceof OperationRefusal)
      return { state: "failed", outcome: { summary: error.message, proof: error.proof } };
    const cause = causeOf(error);
    if (cause instanceof postgres.PostgresError && !cause.code.startsWith("57P"))
      return ended("failed", `It was not done. ${unreadableReason(error)}`);
    if (run.attempt < mostAttempts) return { state: "released" };
    return ended("interrupted", `The way to the database broke ${mostAttempts} times; look at what the run left.`);
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    halting.removeEventListener("abort", release);
    await session?.close();
  }
}

/** What an operation says of its own stop is truer than what is said of all. */
function told(ending: RunEnding, error: unknown): RunEnding {
  if (ending.state === "released" || !(error instanceof OperationStopped)) return ending;
  return { ...ending, outcome: { summary: error.message, proof: error.proof } };
}

async function attempt({
  run,
  operation,
  operate,
  context,
  onStep,
}: {
  run: Run;
  operation: Operation;
  operate: Database;
  context: RunContext;
  onStep: (step: RunStep, run: Run) => void;
}): Promise<RunEnding> {
  if (operation.changes === "securyflex") {
    const [found] = await context.admin<{ identity: string }[]>`
      select (select system_identifier::text from pg_control_system()) || '/' || oid::text as identity
      from pg_database where datname = current_database()`;
    if (found?.identity !== run.server)
      return ended("lapsed", "It lapsed: this is not the database that it was asked for. Ask again.");
  }
  if (operation.changes === "rows" && (await readServerIdentity(context.securyflex)) !== run.server)
    return ended("lapsed", "It lapsed: this is not the database that it was asked for. Ask again.");
  if (run.attempt > 1) {
    await context.log(`Attempt ${run.attempt}: looks at what the one before it left.`);
    const settled =
      operation.changes === "rows"
        ? await fenceAttempt(operate, run)
        : await operation.settle(context, run.plan, run.input);
    if (settled) return done(settled);
    if (run.attempt > mostAttempts && operation.changes === "rows" && !operation.hasParts)
      return ended(
        "failed",
        `It was begun ${mostAttempts} times; each time its process died or SecuryFlex went away. Nothing was changed.`,
      );
  }
  const requester = run.requestedBy ? await getStaff(context.console, run.requestedBy) : undefined;
  if (run.requestedBy && (!requester || requester.disabledAt))
    return ended("lapsed", "It lapsed: the account of whoever asked for it is disabled.");
  const goesOn = run.attempt > 1 && operation.hasParts && (await hasStandingPart(operate, run));
  const moved = goesOn ? undefined : await whatMoved({ run, operation, context, asOf: new Date() });
  if (moved) return ended("lapsed", moved);
  if (await isCalledOff(context.console, run)) return ended("cancelled", "Called off before it began.");
  context.signal.throwIfAborted();
  onStep("checked", run);
  const outcome = await operation.run(context, run.plan, run.input);
  onStep("effect stands", run);
  return done(outcome);
}

function done(outcome: Outcome): RunEnding {
  return { state: outcome.isPartial ? "partly done" : "done", outcome };
}
