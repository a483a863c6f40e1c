import { createHash } from "node:crypto";

import { drizzle } from "drizzle-orm/postgres-js";

import { openClient } from "../connections";
import * as consoleSchema from "../console/schema";
import { type Environment, loginUrl } from "../environment";
import type { Operation, PlanContext } from "../operation";
import { makePlan } from "../operations/runs/make-plan";
import { requestRun } from "../operations/runs/request-run";
import { RunRefusal } from "../operations/runs/run-refusal";

/**
 * Asks for an operation as the schedule, once for each slot, on record like whatever people ask for. Returns what
 * became of it, one sentence. Throws where it was refused.
 */
export async function requestScheduled(
  environment: Environment,
  securyflex: PlanContext["securyflex"],
  slot: Date,
  choose: (context: PlanContext) => Promise<{ operation: Operation; input: unknown } | string>,
): Promise<string> {
  const url = loginUrl(environment, "console_app");
  const client = openClient(url, { max: 1, applicationName: "securyflex-console schedule" });
  try {
    const context = { securyflex, console: drizzle(client, { schema: consoleSchema }) };
    const chosen = await choose(context);
    if (typeof chosen === "string") return chosen;
    const { operation, input } = chosen;
    const { digest } = await makePlan(operation, context, input);
    const run = await requestRun(context.console, {
      runId: runIdOf(operation.id, slot),
      operation,
      input,
      actor: { staffId: null, may: () => true, requestId: null },
      confirmation: { digest },
      context,
    });
    return `Asked for ${operation.id} of ${run.target}: /operations/${run.id}`;
  } catch (error) {
    if (error instanceof RunRefusal) throw new Error(error.message);
    throw error;
  } finally {
    await client.end({ timeout: 2 });
  }
}

/** The same for the same slot, so that asking twice is asking once. */
export function runIdOf(operation: string, slot: Date): string {
  const hex = createHash("sha256").update(`${operation} ${slot.toISOString()}`).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}

/** Whether backups are taken and proved by schedule here: BACKUP_SCHEDULE is not off. */
export const isScheduled = () => process.env.BACKUP_SCHEDULE !== "off";
export const notScheduled = "Backups by schedule are off: BACKUP_SCHEDULE.";
