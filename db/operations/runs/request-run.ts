import { eq } from "drizzle-orm";

import type { ConsoleDatabase } from "../../connections";
import { operationRuns } from "../../console/operations";
import { recordAuditEvent } from "../../console/record-audit-event";
import { getStaff } from "../../console/staff";
import {
  type Operation,
  type OperationPermission,
  OperationRefusal,
  type PlanContext,
  type Risk,
} from "../../operation";
import { announceRun } from "./announce-run";
import { type MadePlan, makePlan } from "./make-plan";
import { RunRefusal } from "./run-refusal";

export type Run = typeof operationRuns.$inferSelect;

export type Actor = {
  /** Null is the schedule of the worker. */
  staffId: string | null;
  may: (permission: OperationPermission) => boolean;
  requestId: string | null;
};

export type Confirmation = {
  /** The digest of the plan that the person saw; null of the schedule, which sees none. */
  digest: string | null;
  typedTarget?: string;
  reason?: string;
  /** When the password was given last. */
  passwordAt?: Date;
};

export const passwordHoldsSeconds = 300;

/**
 * Puts on record what somebody wants done, and queues it; a critical one waits for a second person. Asking again with
 * the same id is asking once. Throws RunRefusal, on record, where permission, plan or confirmation is not enough.
 */
export async function requestRun(
  db: ConsoleDatabase,
  asked: {
    runId: string;
    operation: Operation;
    input: unknown;
    actor: Actor;
    confirmation: Confirmation;
    context: PlanContext;
    asOf?: Date;
  },
): Promise<Run> {
  const { runId, operation, input, actor, confirmation, context, asOf = new Date() } = asked;
  const before = await getOwnRun(db, asked);
  if (before) return before;
  const refuse = async (kind: RunRefusal["kind"], reason: string, target: string | null = null): Promise<never> => {
    await recordAuditEvent(db, {
      staffId: actor.staffId,
      action: `operation.${operation.id}`,
      target: target ?? `run:${runId}`,
      outcome: "refused",
      reason,
      details: { run: runId, input },
      requestId: actor.requestId,
    });
    throw new RunRefusal(reason, kind);
  };
  if (!actor.may(operation.permission))
    return refuse("permission", `Your role does not have ${operation.permission}; nothing was done.`);
  const made = await makePlan(operation, context, input).catch((error: unknown) => {
    if (error instanceof OperationRefusal) return error;
    throw error;
  });
  if (made instanceof OperationRefusal) return refuse("plan", made.message);
  const { plan, digest, risk, server } = made;
  if (plan.moved) return refuse("moved", `Nothing was done. ${plan.moved}`, plan.target);
  if (plan.refusals.length > 0) return refuse("plan", plan.refusals.join(" "), plan.target);
  const isUnseen = confirmation.digest === null && actor.staffId === null;
  if (!isUnseen && digest !== confirmation.digest)
    return refuse("moved", "Nothing was done: the plan is not the one that you saw. Look at it again.", plan.target);
  if (plan.mayConfirm && !(await hasRole(db, actor.staffId, plan.mayConfirm)))
    return refuse("permission", `Nothing was done: only ${plan.mayConfirm.join(" or ")} may do this.`, plan.target);
  const objection = judgeConfirmation(made, confirmation, asOf);
  if (objection) return refuse("confirmation", objection, plan.target);
  const reason = confirmation.reason?.trim() || null;
  const state = risk === "critical" ? "awaiting approval" : "queued";
  const inserted = await db.transaction(async (transaction) => {
    const [run] = await transaction
      .insert(operationRuns)
      .values({
        id: runId,
        operation: operation.id,
        input,
        target: plan.target,
        server,
        plan,
        digest,
        risk,
        exclusiveKey: plan.exclusiveKey,
        reason,
        requestedBy: actor.staffId,
        requestId: actor.requestId,
        state,
      })
      .onConflictDoNothing({ target: operationRuns.id })
      .returning();
    if (!run) return undefined;
    await recordAuditEvent(transaction, {
      staffId: actor.staffId,
      action: `operation.${operation.id}`,
      target: plan.target,
      outcome: "intent",
      reason,
      details: { run: runId, input, digest, risk, statements: plan.statements },
      requestId: actor.requestId,
    });
    return run;
  });
  const run = inserted ?? (await getOwnRun(db, asked));
  if (inserted?.state === "queued") announceRun();
  return run ?? refuse("conflict", "Nothing was done: the request was not taken. Load the page again.");
}

/** Why a confirmation is not enough for the risk; undefined where it is. */
export function judgeConfirmation(
  { plan, risk }: { plan: Pick<MadePlan["plan"], "target">; risk: Risk },
  { typedTarget, reason, passwordAt }: Confirmation,
  asOf: Date,
): string | undefined {
  if (risk === "low") return undefined;
  if (typedTarget?.trim() !== plan.target) return `Type ${plan.target} to confirm. Nothing was done.`;
  if ((reason?.trim().length ?? 0) < 3) return "Give a reason; it stands in the audit trail. Nothing was done.";
  if (risk === "medium" || isPasswordFresh(passwordAt, asOf)) return undefined;
  return "Give your password again. Nothing was done.";
}

export function isPasswordFresh(passwordAt: Date | undefined, asOf: Date): boolean {
  if (!passwordAt) return false;
  const ageSeconds = (asOf.getTime() - passwordAt.getTime()) / 1000;
  return ageSeconds >= 0 && ageSeconds <= passwordHoldsSeconds;
}

async function hasRole(db: ConsoleDatabase, staffId: string | null, roles: readonly string[]): Promise<boolean> {
  const member = staffId === null ? undefined : await getStaff(db, staffId);
  return member !== undefined && roles.includes(member.role);
}

async function getOwnRun(
  db: ConsoleDatabase,
  { runId, operation, input, actor }: { runId: string; operation: Operation; input: unknown; actor: Actor },
): Promise<Run | undefined> {
  const [run] = await db.select().from(operationRuns).where(eq(operationRuns.id, runId));
  if (!run) return undefined;
  const isSame =
    run.requestedBy === actor.staffId &&
    run.operation === operation.id &&
    JSON.stringify(sortedEntries(run.input)) === JSON.stringify(sortedEntries(input));
  if (isSame) return run;
  throw new RunRefusal("Nothing was done: this request's number belongs to another. Load the page again.", "conflict");
}

function sortedEntries(input: unknown): unknown {
  return input && typeof input === "object"
    ? Object.entries(input).sort(([one], [other]) => (one < other ? -1 : 1))
    : input;
}
