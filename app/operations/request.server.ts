import { randomUUID } from "node:crypto";

import { data, redirect } from "@remix-run/node";
import { z } from "zod";

import { givePassword } from "~/auth/give-password.server";
import { requirePermission } from "~/auth/require.server";
import type { SignedIn } from "~/auth/signed-in";
import { readForm } from "~/http/read-form.server";
import { consoleDatabase } from "../../db/connections";
import { type Operation, OperationRefusal } from "../../db/operation";
import { findOperation } from "../../db/operations/index";
import { type MadePlan, makePlan } from "../../db/operations/runs/make-plan";
import { requestRun } from "../../db/operations/runs/request-run";
import { RunRefusal } from "../../db/operations/runs/run-refusal";
import { actorOf, planContext, statusOf } from "./actor.server";

/** What the address asks for: its fields, then the plan of what would happen now. Throws 404 for no operation. */
export async function readRequestPage(request: Request, operationId: string | undefined) {
  const operation = requireOperation(operationId);
  await requirePermission(request, operation.permission);
  const { fields, isAsked } = readGiven(request, operation);
  return planRequest(operation, fields, isAsked);
}

/** The fields of an operation as the address gives them, else as `known`; asked for as soon as the address names one. */
export function readGiven(request: Request, operation: Operation, known: Record<string, string | undefined> = {}) {
  const search = new URL(request.url).searchParams;
  return {
    isAsked: operation.fields.some(({ name }) => search.has(name)),
    fields: readFields(operation, (name) => search.get(name) ?? known[name] ?? null),
  };
}

export type RequestRead = Awaited<ReturnType<typeof readRequestPage>>;

/** An operation with what of it was asked for, and its plan or why there is none. */
export async function planRequest(operation: Operation, fields: Record<string, string>, isAsked = true) {
  const { id, title, purpose, fields: known, undo } = operation;
  const read = operation.readInput(fields);
  const made = !isAsked ? null : "complaint" in read ? read.complaint : await tryPlan(operation, read.input);
  return {
    operation: {
      ...{ id, title, purpose },
      undo: undo ?? null,
      fields: known.map((field) => ({ ...field, value: fields[field.name] ?? "" })),
    },
    made: typeof made === "string" ? null : made,
    complaint: typeof made === "string" ? made : null,
    runId: randomUUID(),
    readAt: new Date(),
  };
}

async function tryPlan(operation: Operation, input: unknown): Promise<MadePlan | string> {
  try {
    return await makePlan(operation, planContext(), input);
  } catch (error) {
    if (error instanceof OperationRefusal) return error.message;
    throw error;
  }
}

const confirmation = z.object({
  runId: z.uuid(),
  digest: z.string().length(64),
  target: z.string().max(300).default(""),
  reason: z.string().max(500).default(""),
  password: z.string().max(1_000).default(""),
});

/**
 * Asks for what the form confirms. Leads to the run's page or where `leadTo` says, or says with 403, 409, 422 or 429 why
 * nothing was done.
 */
export async function answerRequest(
  request: Request,
  operationId: string | undefined,
  signedIn: SignedIn,
  leadTo: (runId: string) => string = (runId) => `/operations/${runId}`,
) {
  const operation = requireOperation(operationId);
  const form = await readForm(request);
  const parsed = confirmation.safeParse(Object.fromEntries(form));
  const read = operation.readInput(readFields(operation, (name) => form.get(name)));
  if (!parsed.success) return refuse("Nothing was done: the form was incomplete. Load the page again.", 422);
  if ("complaint" in read) return refuse(`Nothing was done. ${read.complaint}`, 422);
  const { runId, digest, target, reason, password } = parsed.data;
  const given = password === "" ? undefined : await givePassword(signedIn.staff, password);
  if (given && "refusal" in given) return refuse(given.refusal, given.status);
  try {
    const run = await requestRun(consoleDatabase(), {
      runId,
      operation,
      input: read.input,
      actor: actorOf(signedIn),
      confirmation: { digest, typedTarget: target, reason, passwordAt: given?.at },
      context: planContext(),
    });
    return redirect(leadTo(run.id));
  } catch (error) {
    if (error instanceof RunRefusal) return refuse(error.message, statusOf[error.kind]);
    throw error;
  }
}

export function requireOperation(id: string | undefined): Operation {
  const operation = findOperation(id);
  if (operation) return operation;
  const title = "There is no such operation";
  throw data({ title, message: "The page of the operations names those there are." }, { status: 404 });
}

/** Of a field: the rows of a bulk are the longest. */
const mostCharacters = 2_000;

function readFields(operation: Operation, get: (name: string) => FormDataEntryValue | null): Record<string, string> {
  return Object.fromEntries(
    operation.fields.map(({ name }) => {
      const value = get(name);
      return [name, typeof value === "string" ? value.replaceAll("\0", "").slice(0, mostCharacters) : ""];
    }),
  );
}

function refuse(message: string, status: number) {
  return data({ message }, { status });
}
