import { sql } from "drizzle-orm";

import type { Database } from "../../connections";
import { digestOf, type Operation, type Plan, type PlanContext, type Risk, risks } from "../../operation";

export type MadePlan = { plan: Plan; server: string; digest: string; risk: Risk };

/**
 * What an operation would do now, bound to the server and database that it was read from. Reads only. Throws
 * OperationRefusal where the input names nothing.
 */
export async function makePlan(operation: Operation, context: PlanContext, input: unknown): Promise<MadePlan> {
  const server = operation.changes === "console" ? "console" : await readServerIdentity(context.securyflex);
  const plan = await operation.plan(context, input);
  const risk = worse(operation.risk, plan.risk);
  return { plan, server, digest: digestOf(operation.id, input, server, plan), risk };
}

/** System identifier of the server and oid of the database, which a restored copy does not share. */
export async function readServerIdentity(db: Pick<Database, "execute">): Promise<string> {
  const [row] = await db.execute<{ identity: string }>(serverIdentity);
  return row?.identity as string;
}

export const serverIdentity = sql`
  select (select system_identifier::text from pg_control_system()) || '/' || oid::text as identity
  from pg_database where datname = current_database()`;

function worse(own: Risk, planned: Risk | undefined): Risk {
  return planned && risks.indexOf(planned) > risks.indexOf(own) ? planned : own;
}
