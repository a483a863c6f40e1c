import { and, eq, gt, isNotNull, lte, sql } from "drizzle-orm";
import postgres from "postgres";

import type { Database } from "../../connections";
import type { Effect, Outcome, Transaction } from "../../operation";
import { opsOperationEffects as effects } from "../../schema";
import { RunLost } from "./claim-run";
import type { Run } from "./request-run";

type Held = Pick<Run, "id" | "attempt" | "operation">;

/** The way to SecuryFlex broke: whether the transaction was committed, only the next attempt can tell. */
export class EffectUnknown extends Error {
  override name = "EffectUnknown";
}

/**
 * Lets no earlier attempt at the run commit any more, after those that are about to. Returns the outcome where the run
 * is done. Throws RunLost where a later attempt was here. Needs console_ops.
 */
export async function fenceAttempt(operate: Database, run: Held): Promise<Outcome | undefined> {
  return knowing(() =>
    operate.transaction(async (transaction) => {
      await transaction.execute(sql`set local lock_timeout = '40s'`);
      await transaction.execute(sql`set local statement_timeout = '60s'`);
      await holdFence(transaction, run);
      const [own] = await transaction.select({ outcome: effects.outcome }).from(effects).where(isPart(run, 0));
      return own?.outcome ?? undefined;
    }),
  );
}

/** Whether a part of a run that has several stands: then it is gone on with, whatever its plan would say now. */
export async function hasStandingPart(operate: Database, run: Held): Promise<boolean> {
  const isStanding = and(eq(effects.runId, run.id), gt(effects.part, 0), isNotNull(effects.outcome));
  return knowing(async () => (await operate.$count(effects, isStanding)) > 0);
}

/**
 * One transaction of an attempt: what `work` does, and that it was done. Returns the outcome of before where the part
 * stands already. Throws RunLost where the attempt was taken over, EffectUnknown where the way broke.
 */
export async function transactEffect(
  operate: Database,
  run: Held,
  {
    work,
    part = 0,
    onStep,
    signal,
  }: {
    work: (transaction: Transaction) => Promise<Effect>;
    part?: number;
    onStep: (step: "transaction begins" | "transaction is to commit" | "transaction committed") => void;
    signal: AbortSignal;
  },
): Promise<Outcome> {
  onStep("transaction begins");
  const outcome = await knowing(() =>
    operate.transaction(async (transaction) => {
      signal.throwIfAborted();
      await transaction.execute(sql`set local lock_timeout = '5s'`);
      await transaction.execute(sql`set local idle_in_transaction_session_timeout = '5s'`);
      if (run.attempt > 1 || part > 0) {
        await holdFence(transaction, run);
        const [standing] = await transaction
          .select({ outcome: effects.outcome })
          .from(effects)
          .where(isPart(run, part));
        if (standing?.outcome) return standing.outcome;
      }
      const effect = await work(transaction);
      await storeEffect(transaction, run, part, effect);
      signal.throwIfAborted();
      onStep("transaction is to commit");
      return effect.outcome;
    }),
  );
  onStep("transaction committed");
  return outcome;
}

async function holdFence(transaction: Transaction, run: Held): Promise<void> {
  const [held] = await transaction
    .insert(effects)
    .values({ runId: run.id, part: 0, operation: run.operation, attempt: run.attempt })
    .onConflictDoUpdate({
      target: [effects.runId, effects.part],
      set: { attempt: sql`excluded.attempt` },
      setWhere: lte(effects.attempt, sql`excluded.attempt`),
    })
    .returning({ runId: effects.runId });
  if (!held) throw new RunLost(run);
}

async function storeEffect(transaction: Transaction, run: Held, part: number, effect: Effect): Promise<void> {
  const { outcome, changes, undoes } = effect;
  const done = {
    outcome,
    changes,
    shiftIds: changes.map(({ shiftId }) => shiftId),
    undoesRunId: undoes?.runId ?? null,
    undoesPart: undoes?.part ?? null,
    at: sql`clock_timestamp()`,
  };
  const [stored] = await transaction
    .insert(effects)
    .values({ runId: run.id, part, operation: run.operation, attempt: run.attempt, ...done })
    .onConflictDoUpdate({
      target: [effects.runId, effects.part],
      set: done,
      setWhere: sql`${effects.attempt} = excluded.attempt and ${effects.outcome} is null`,
    })
    .returning({ runId: effects.runId });
  if (!stored) throw new RunLost(run);
}

function isPart(run: Held, part: number) {
  return and(eq(effects.runId, run.id), eq(effects.part, part));
}

/** The error of the server beneath what drizzle wraps around it. */
export function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? error.cause : error;
}

async function knowing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const cause = causeOf(error);
    const isBroken =
      cause instanceof postgres.PostgresError
        ? /^(57P|08)/.test(cause.code)
        : /^(CONNECT|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/.test(String((cause as { code?: unknown } | null)?.code ?? ""));
    throw isBroken ? new EffectUnknown("The way to SecuryFlex broke.", { cause: error }) : error;
  }
}

/** Deletes what was done before `before`. Returns how many rows went. Needs console_ops; ops_operation_effects_at_idx. */
export async function pruneEffects(operate: Database, { before }: { before: Date }): Promise<number> {
  const deleted = await operate.delete(effects).where(sql`${effects.at} < ${before.toISOString()}`);
  return deleted.count;
}
