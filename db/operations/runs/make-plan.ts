import { sql } from "drizzle-orm";

import type { Database } from "../../connections";
import { unreadableReason } from "../../database/unreadable-reason";
import {
  digestOf,
  type Operation,
  OperationRefusal,
  type Plan,
  type PlanContext,
  type Risk,
  risks,
} from "../../operation";

/** A lock that was not free, a statement that ran out of time. */
const notNow = new Set(["55P03", "57014"]);

export type MadePlan = { plan: Plan; server: string; digest: string; risk: Risk };

/**
 * What an operation would do now, bound to the server and database that it was read from. Reads only. Throws
 * OperationRefusal where the input names nothing.
 */
export async function makePlan(operation: Operation, context: PlanContext, input: unknown): Promise<MadePlan> {
  const server = operation.changes === "console" ? "console" : await readServerIdentity(context.securyflex);
  const plan = await operation.plan(context, input).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if (!notNow.has(String((cause as { code?: unknown }).code))) throw error;
    throw new OperationRefusal(`It cannot be planned now. ${unreadableReason(error)} Try again in a moment.`);
  });
  const risk = worse(operation.risk, plan.risk);
  return { plan, server, digest: digestOf(operation.id, input, server, plan), risk };
}

/** System identifier of the server and oid of the database, which a restored copy does not share. */
export async function readServerIdentity(db: Pick<Database, "execute">): Promise<string> {
  const [row] = await db.execute<{ identity: string }>(sql`
    select (select system_identifier::text from pg_control_system()) || '/' || oid::text as identity
    from pg_database where datname = current_database()`);
  return row?.identity as string;
}

function worse(own: Risk, planned: Risk | undefined): Risk {
  return planned && risks.indexOf(planned) > risks.indexOf(own) ? planned : own;
}
