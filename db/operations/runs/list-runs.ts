import { and, asc, desc, eq, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";

import type { ConsoleDatabase } from "../../connections";
import { operationLog, operationRuns, type runStates } from "../../console/operations";
import { staff } from "../../console/schema";
import type { Run } from "./request-run";

export type RunState = (typeof runStates)[number];
export type ListedRun = Run & {
  /** Null where the schedule asked. */
  requesterName: string | null;
  /** Null where nobody approved, or called off. */
  approverName: string | null;
  cancellerName: string | null;
};
export type LogLine = { id: number; attempt: number; at: Date; line: string };

const approver = alias(staff, "approver");
const canceller = alias(staff, "canceller");

function runs(db: ConsoleDatabase) {
  return db
    .select({
      ...getTableColumns(operationRuns),
      requesterName: staff.fullName,
      approverName: approver.fullName,
      cancellerName: canceller.fullName,
    })
    .from(operationRuns)
    .leftJoin(staff, eq(staff.id, operationRuns.requestedBy))
    .leftJoin(approver, eq(approver.id, operationRuns.approvedBy))
    .leftJoin(canceller, eq(canceller.id, operationRuns.cancelRequestedBy))
    .$dynamic();
}

export type RunFilter = { operation?: string; state?: RunState; isOpen?: boolean };

/** Runs, newest first, at most `limit`. operation_runs_requested_at_idx, or operation_runs_open_idx for open ones. */
export async function listRuns(
  db: ConsoleDatabase,
  { filter, limit }: { filter: RunFilter; limit: number },
): Promise<ListedRun[]> {
  const conditions: (SQL | undefined)[] = [
    filter.operation ? eq(operationRuns.operation, filter.operation) : undefined,
    filter.state ? eq(operationRuns.state, filter.state) : undefined,
    filter.isOpen ? inArray(operationRuns.state, ["awaiting approval", "queued", "running"]) : undefined,
  ];
  return runs(db)
    .where(and(...conditions))
    .orderBy(desc(operationRuns.requestedAt), desc(operationRuns.id))
    .limit(limit);
}

export type NewestProof = { target: string; runId: string; value: string; at: Date };

/** What the newest run of an operation that is done proved of each target, as its proof says under `label`. */
export async function listNewestProofs(db: ConsoleDatabase, operation: string, label: string): Promise<NewestProof[]> {
  const newest = await db
    .selectDistinctOn([operationRuns.target], {
      target: operationRuns.target,
      runId: operationRuns.id,
      proof: operationRuns.proof,
      at: operationRuns.endedAt,
    })
    .from(operationRuns)
    .where(and(eq(operationRuns.operation, operation), eq(operationRuns.state, "done")))
    .orderBy(operationRuns.target, desc(operationRuns.endedAt));
  return newest.flatMap(({ proof, at, ...rest }) => {
    const value = proof?.find((fact) => fact.label === label)?.after;
    return value && at ? [{ ...rest, value, at }] : [];
  });
}

/** One run; undefined where there is none. */
export async function getRun(db: ConsoleDatabase, id: string): Promise<ListedRun | undefined> {
  const [run] = await runs(db).where(eq(operationRuns.id, id));
  return run;
}

/** The newest 500 lines of a run's log, oldest first. operation_log_run_id_id_idx. */
export async function listLogLines(db: ConsoleDatabase, runId: string): Promise<LogLine[]> {
  const newest = db
    .select({ id: operationLog.id, attempt: operationLog.attempt, at: operationLog.at, line: operationLog.line })
    .from(operationLog)
    .where(eq(operationLog.runId, runId))
    .orderBy(desc(operationLog.id))
    .limit(500)
    .as("newest");
  return db.select().from(newest).orderBy(asc(newest.id));
}

/** Whether a worker that may carry out runs was heard of in the last `seconds`. */
export async function isWorkerAlive(db: ConsoleDatabase, seconds: number): Promise<boolean> {
  const [row] = await db.execute<{ isAlive: boolean }>(sql`
    select exists (
      select from worker_instances where stopped_at is null and last_seen_at > now() - make_interval(secs => ${seconds})
    ) as "isAlive"`);
  return row?.isAlive ?? false;
}
