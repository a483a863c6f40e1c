import { and, eq, inArray } from "drizzle-orm";

import type { ConsoleDatabase } from "../../connections";
import { operationRuns } from "../../console/operations";
import { recordAuditEvent } from "../../console/record-audit-event";
import { type Operation, OperationRefusal, type PlanContext } from "../../operation";
import { announceRun } from "./announce-run";
import { makePlan } from "./make-plan";
import { type Actor, isPasswordFresh, type Run } from "./request-run";
import { RunRefusal } from "./run-refusal";

export const approvalHoldsSeconds = 86_400;

/**
 * Lets a critical run begin. The approver is another person with the same permission, who gives the password. The
 * approval is for what the requester saw: where the plan moved since, or a day has passed, the run lapses instead.
 * Throws RunRefusal, on record.
 */
export async function approveRun(
  db: ConsoleDatabase,
  asked: {
    run: Run;
    operation: Operation;
    actor: Actor;
    /** The digest that the approver saw. */
    digest: string;
    passwordAt?: Date;
    context: PlanContext;
    asOf?: Date;
  },
): Promise<Run> {
  const { run, operation, actor, digest, passwordAt, context, asOf = new Date() } = asked;
  const refuse = (kind: RunRefusal["kind"], reason: string) => refuseDecision(db, run, actor, "approve", kind, reason);
  if (!actor.may(operation.permission))
    return refuse("permission", `Your role does not have ${operation.permission}; nothing was approved.`);
  if (run.requestedBy === actor.staffId)
    return refuse("permission", "Nothing was approved: who asks for an operation may not approve it.");
  if (run.state !== "awaiting approval") return refuse("conflict", `Nothing was approved: the run is ${run.state}.`);
  if (!isPasswordFresh(passwordAt, asOf))
    return refuse("confirmation", "Give your password again. Nothing was approved.");
  if (digest !== run.digest) return refuse("moved", "Nothing was approved: this is not the plan that you saw.");
  const moved = await whatMoved({ run, operation, context, asOf });
  if (moved) {
    await endUnbegun(db, run, { state: "lapsed", outcome: moved });
    return refuse("moved", moved);
  }
  const approved = await db.transaction(async (transaction) => {
    const [row] = await transaction
      .update(operationRuns)
      .set({ state: "queued", approvedBy: actor.staffId, approvedAt: asOf })
      .where(and(eq(operationRuns.id, run.id), eq(operationRuns.state, "awaiting approval")))
      .returning();
    if (row)
      await recordAuditEvent(transaction, {
        staffId: actor.staffId,
        action: "operation.approve",
        target: run.target,
        outcome: "done",
        details: { run: run.id, operation: run.operation, digest: run.digest },
        requestId: actor.requestId,
      });
    return row;
  });
  if (approved) announceRun();
  return approved ?? refuse("conflict", "Nothing was approved: somebody else decided first.");
}

/** Why a run must not begin as it was asked; undefined where all stands as it stood. */
export async function whatMoved({
  run,
  operation,
  context,
  asOf,
}: {
  run: Run;
  operation: Operation;
  context: PlanContext;
  asOf: Date;
}): Promise<string | undefined> {
  if (run.risk === "critical" && asOf.getTime() - run.requestedAt.getTime() > approvalHoldsSeconds * 1000)
    return "It lapsed: a day has passed since it was asked for. Ask again.";
  try {
    const { plan, server, digest } = await makePlan(operation, context, run.input);
    if (server !== run.server) return "It lapsed: this is not the database that it was asked for. Ask again.";
    if (plan.moved) return `It lapsed. ${plan.moved}`;
    if (digest !== run.digest) return "It lapsed: its target, size or statements moved since. Look at it again.";
    return plan.refusals.length > 0 ? `It lapsed. ${plan.refusals.join(" ")}` : undefined;
  } catch (error) {
    if (error instanceof OperationRefusal) return `It lapsed. ${error.message}`;
    throw error;
  }
}

/**
 * Calls a run off: one that has not begun ends at once, one that runs is told to stop. Throws RunRefusal where it has
 * ended, or the role may not.
 */
export async function cancelRun(
  db: ConsoleDatabase,
  { run, operation, actor, asOf = new Date() }: { run: Run; operation: Operation; actor: Actor; asOf?: Date },
): Promise<void> {
  if (!actor.may(operation.permission))
    return refuseDecision(db, run, actor, "cancel", "permission", `Your role does not have ${operation.permission}.`);
  const decision = { cancelRequestedBy: actor.staffId, cancelRequestedAt: asOf };
  const isTaken = await db.transaction(async (transaction) => {
    const [unbegun] = await transaction
      .update(operationRuns)
      .set({ ...decision, state: "cancelled", endedAt: asOf, outcome: "Called off before it began." })
      .where(and(eq(operationRuns.id, run.id), inArray(operationRuns.state, ["awaiting approval", "queued"])))
      .returning({ id: operationRuns.id });
    const [told] = unbegun
      ? [unbegun]
      : await transaction
          .update(operationRuns)
          .set(decision)
          .where(and(eq(operationRuns.id, run.id), eq(operationRuns.state, "running")))
          .returning({ id: operationRuns.id });
    if (told)
      await recordAuditEvent(transaction, {
        staffId: actor.staffId,
        action: "operation.cancel",
        target: run.target,
        outcome: "done",
        details: { run: run.id, operation: run.operation },
        requestId: actor.requestId,
      });
    return told !== undefined;
  });
  if (!isTaken) await refuseDecision(db, run, actor, "cancel", "conflict", "Nothing was called off: it has ended.");
}

/** Ends a run that never began, on record. */
export async function endUnbegun(
  db: ConsoleDatabase,
  run: Run,
  { state, outcome }: { state: "lapsed" | "cancelled"; outcome: string },
): Promise<void> {
  await db.transaction(async (transaction) => {
    const [ended] = await transaction
      .update(operationRuns)
      .set({ state, outcome, endedAt: new Date() })
      .where(and(eq(operationRuns.id, run.id), inArray(operationRuns.state, ["awaiting approval", "queued"])))
      .returning({ id: operationRuns.id });
    if (!ended) return;
    await recordAuditEvent(transaction, {
      staffId: run.requestedBy,
      action: `operation.${run.operation}`,
      target: run.target,
      outcome: "failed",
      reason: outcome,
      details: { run: run.id, state },
      requestId: run.requestId,
    });
  });
}

async function refuseDecision(
  db: ConsoleDatabase,
  run: Run,
  actor: Actor,
  decision: "approve" | "cancel",
  kind: RunRefusal["kind"],
  reason: string,
): Promise<never> {
  await recordAuditEvent(db, {
    staffId: actor.staffId,
    action: `operation.${decision}`,
    target: run.target,
    outcome: "refused",
    reason,
    details: { run: run.id, operation: run.operation },
    requestId: actor.requestId,
  });
  throw new RunRefusal(reason, kind);
}
