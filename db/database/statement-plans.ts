import { createHash } from "node:crypto";

import { desc, eq, sql } from "drizzle-orm";

import type { ConsoleDatabase } from "../connections";
import { statementPlans } from "../console/schema";
import { shapeOf } from "../rules/database/compare-plans";
import type { PlanNode } from "../rules/database/plan-tree";

export type SavedPlan = Pick<
  typeof statementPlans.$inferSelect,
  "fingerprint" | "isMeasured" | "plan" | "serverVersion" | "firstSeenAt" | "lastSeenAt"
>;

const mostListed = 50;

/** Names the shape of a plan, whatever its costs and rows are. */
export function fingerprintOf(plan: PlanNode): string {
  return createHash("sha256").update(shapeOf(plan)).digest("hex");
}

/** Keeps a plan that was read: the same shape once, with when it was seen first and last. Needs the statement's text. */
export async function recordPlan(
  db: ConsoleDatabase,
  read: { queryId: string; plan: PlanNode; serverVersion: number; readAt: Date },
): Promise<void> {
  const { plan, serverVersion, readAt } = read;
  await db
    .insert(statementPlans)
    .values({
      queryId: BigInt(read.queryId),
      fingerprint: fingerprintOf(plan),
      isMeasured: plan.measured !== null,
      plan,
      serverVersion,
      firstSeenAt: readAt,
      lastSeenAt: readAt,
    })
    .onConflictDoUpdate({
      target: [statementPlans.queryId, statementPlans.fingerprint, statementPlans.isMeasured],
      set: { plan, serverVersion, lastSeenAt: sql`greatest(${statementPlans.lastSeenAt}, excluded.last_seen_at)` },
    });
}

/** The plans that were read of a statement, last seen first, at most 50. statement_plans_pkey. */
export async function listPlans(db: ConsoleDatabase, queryId: string): Promise<SavedPlan[]> {
  const { fingerprint, isMeasured, plan, serverVersion, firstSeenAt, lastSeenAt } = statementPlans;
  return db
    .select({ fingerprint, isMeasured, plan, serverVersion, firstSeenAt, lastSeenAt })
    .from(statementPlans)
    .where(eq(statementPlans.queryId, BigInt(queryId)))
    .orderBy(desc(lastSeenAt), fingerprint)
    .limit(mostListed);
}
