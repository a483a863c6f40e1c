import { data } from "@remix-run/node";

import { consoleDatabase } from "../../db/connections";
import { silenceSeconds } from "../../db/jobs/silence";
import type { Operation } from "../../db/operation";
import { findOperation } from "../../db/operations/index";
import { isWorkerAlive } from "../../db/operations/runs/list-runs";
import { requireRun } from "./run.server";

const changePermission = "shifts.reassign";
const undoable = ["reassign-shift", "unassign-shift", "swap-guards", "record-offer-answer"];

/** An operation that changes a shift. Throws 404 for any other. */
export function requireChange(operationId: string | undefined): Operation {
  const operation = findOperation(operationId);
  if (operation?.permission === changePermission) return operation;
  throw data({ title: "There is no such change", message: "The address names no change of a shift." }, { status: 404 });
}

/** How a change of a shift stands, for who may change shifts. Throws 404 for any other run. */
export async function readChangeRun(runId: string | undefined) {
  const run = await requireRun(runId);
  requireChange(run.operation);
  const { id, operation, input, state, outcome, endedAt, requesterName } = run;
  const isNo = (input as { answer?: unknown }).answer === "declined";
  const mayUndo = state === "done" && undoable.includes(operation) && !isNo;
  const hasWorker = endedAt !== null || (await isWorkerAlive(consoleDatabase(), silenceSeconds));
  return { id, operation, state, outcome, endedAt, isOpen: endedAt === null, mayUndo, requesterName, hasWorker };
}

export type ChangeRun = Awaited<ReturnType<typeof readChangeRun>>;
