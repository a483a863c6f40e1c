import type { SignedIn } from "~/auth/signed-in";
import { consoleDatabase } from "../../db/connections";
import { runStates } from "../../db/console/operations";
import { findOperation, operations } from "../../db/operations/index";
import { listJobStates, listTroubledRuns, listWorkerInstances } from "../../db/operations/list-job-states";
import { listRuns, type RunFilter } from "../../db/operations/runs/list-runs";
import { actorOf } from "./actor.server";
import { readPendingCount } from "./read-migrations.server";

const dayMs = 86_400_000;

/** What was asked for, what the worker does and did, and what the migrations made of both databases. */
export async function readOperations(search: URLSearchParams, signedIn: SignedIn) {
  const readAt = new Date();
  const db = consoleDatabase();
  const filter: RunFilter = {
    operation: findOperation(search.get("operation") ?? undefined)?.id,
    state: runStates.find((state) => state === search.get("state")),
  };
  const { may } = actorOf(signedIn);
  const offered = operations
    .filter(({ permission }) => may(permission))
    .map(({ id, title, permission }) => ({ id, title, permission }));
  const [runs, jobs, troubled, instances, migrations] = await Promise.all([
    listRuns(db, { filter, limit: 50 }),
    listJobStates(db, { asOf: readAt }),
    listTroubledRuns(db, { since: new Date(readAt.getTime() - 7 * dayMs), limit: 50 }),
    listWorkerInstances(db, { since: new Date(readAt.getTime() - dayMs) }),
    readPendingCount(),
  ]);
  return { readAt, filter, offered, runs, jobs, troubled, instances, migrations };
}

export type OperationsRead = Awaited<ReturnType<typeof readOperations>>;
