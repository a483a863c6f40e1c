import { createHash } from "node:crypto";

import { drizzle } from "drizzle-orm/postgres-js";

import { openClient } from "../../connections";
import * as consoleSchema from "../../console/schema";
import { type Environment, loginUrl } from "../../environment";
import type { Operation, PlanContext } from "../../operation";
import { getRun } from "./list-runs";
import { type Run, requestRun } from "./request-run";

/**
 * Asks for an operation as the schedule, on record like whatever people ask for. The same run's id is asked for once.
 * `choose` may say in a sentence why nothing is to be done. Throws RunRefusal or OperationRefusal where it was refused.
 */
export async function requestAsSchedule<
  Choice extends { operation: Operation; input: unknown; runId: string } | string,
>(
  environment: Environment,
  securyflex: PlanContext["securyflex"],
  choose: (context: PlanContext) => Promise<Choice>,
): Promise<Run | Extract<Choice, string>> {
  const client = openClient(loginUrl(environment, "console_app"), {
    max: 1,
    applicationName: "securyflex-console schedule",
  });
  try {
    const context = { securyflex, console: drizzle(client, { schema: consoleSchema }) };
    const chosen = await choose(context);
    if (typeof chosen === "string") return chosen as Extract<Choice, string>;
    const { operation, input, runId } = chosen;
    const known = await getRun(context.console, runId);
    if (known) return known;
    return await requestRun(context.console, {
      runId,
      operation,
      input,
      actor: { staffId: null, may: () => true, requestId: null },
      confirmation: { digest: null },
      context,
    });
  } finally {
    await client.end({ timeout: 2 });
  }
}

/** The same for the same occasion, so that asking twice is asking once. */
export function runIdFor(occasion: string): string {
  const hex = createHash("sha256").update(occasion).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
