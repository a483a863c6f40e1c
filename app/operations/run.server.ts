import { data, redirect } from "@remix-run/node";
import { z } from "zod";

import { givePassword } from "~/auth/give-password.server";
import { isPermitted } from "~/auth/permissions";
import type { SignedIn } from "~/auth/signed-in";
import { readForm } from "~/http/read-form.server";
import { consoleDatabase } from "../../db/connections";
import { silenceSeconds } from "../../db/jobs/silence";
import type { OperationPermission } from "../../db/operation";
import { findOperation } from "../../db/operations/index";
import { approveRun, cancelRun } from "../../db/operations/runs/decide-run";
import { getRun, isWorkerAlive, type ListedRun, listLogLines } from "../../db/operations/runs/list-runs";
import { RunRefusal } from "../../db/operations/runs/run-refusal";
import { actorOf, planContext, statusOf } from "./actor.server";

/**
 * One run with its log, and what the person may decide about it, for whoever may ask for such a one or read them all.
 * Throws 404 where there is none, 403 for others.
 */
export async function readRunPage(runId: string | undefined, signedIn: SignedIn) {
  const db = consoleDatabase();
  const run = await requireRun(runId);
  const [log, hasWorker] = await Promise.all([listLogLines(db, run.id), isWorkerAlive(db, silenceSeconds)]);
  const operation = findOperation(run.operation);
  const may = operation ? actorOf(signedIn).may(operation.permission) : false;
  const mayReadAll = isPermitted(signedIn.staff.role, "operations.read");
  if (!may && !mayReadAll) {
    const title = "This run is not for your role";
    throw data({ title, message: "Who may ask for such an operation may see its runs." }, { status: 403 });
  }
  const isOpen = run.endedAt === null;
  return {
    run,
    log,
    title: operation?.title ?? run.operation,
    undo: operation?.undo ?? null,
    hasWorker,
    mayReadAll,
    mayApprove: may && run.state === "awaiting approval" && run.requestedBy !== signedIn.staff.id,
    isOwn: run.requestedBy === signedIn.staff.id,
    mayCancel: may && isOpen && run.cancelRequestedAt === null,
    readAt: new Date(),
  };
}

export type RunRead = Awaited<ReturnType<typeof readRunPage>>;

const decision = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("approve"), digest: z.string().length(64), password: z.string().max(1_000) }),
  z.object({ intent: z.literal("cancel") }),
]);

/** Approves a run or calls it off. Leads back to it, or says with 403, 409, 422 or 429 why nothing was decided. */
export async function decideRun(request: Request, runId: string | undefined, signedIn: SignedIn) {
  const run = await requireRun(runId);
  const operation = findOperation(run.operation);
  const parsed = decision.safeParse(Object.fromEntries(await readForm(request)));
  if (!parsed.success || !operation) return refuse("Nothing was decided: the form was incomplete. Load it again.", 422);
  const asked = { run, operation, actor: actorOf(signedIn), context: planContext() };
  try {
    if (parsed.data.intent === "cancel") await cancelRun(consoleDatabase(), asked);
    else {
      const given = await givePassword(signedIn.staff, parsed.data.password);
      if ("refusal" in given) return refuse(given.refusal, given.status);
      await approveRun(consoleDatabase(), { ...asked, digest: parsed.data.digest, passwordAt: given.at });
    }
    return redirect(`/operations/${run.id}`);
  } catch (error) {
    if (error instanceof RunRefusal) return refuse(error.message, statusOf[error.kind]);
    throw error;
  }
}

/**
 * How the run stands that the address names as `run`, one of an operation with this permission; null where it names
 * none. Read it before what it changes: a page that tells its end then shows what it left. Throws 404 for any other.
 */
export async function readAskedRun(request: Request, permission: OperationPermission) {
  const runId = new URL(request.url).searchParams.get("run");
  if (runId === null) return null;
  const run = await requireRun(runId);
  if (findOperation(run.operation)?.permission !== permission) return requireRun(undefined);
  const { id, state, outcome, endedAt } = run;
  return { id, state, outcome, endedAt };
}

export type AskedRun = NonNullable<Awaited<ReturnType<typeof readAskedRun>>>;

/** Throws 404 where there is none. */
export async function requireRun(runId: string | undefined): Promise<ListedRun> {
  const parsed = z.uuid().safeParse(runId);
  const run = parsed.success ? await getRun(consoleDatabase(), parsed.data) : undefined;
  if (run) return run;
  const title = "There is no such run";
  throw data({ title, message: "Runs are kept for ever, so the address is wrong." }, { status: 404 });
}

function refuse(message: string, status: number) {
  return data({ message }, { status });
}
