import { consoleDatabase } from "../../db/connections";
import { unreadableReason } from "../../db/database/unreadable-reason";
import { readEnvironment } from "../../db/environment";
import { listJobStates, listTroubledRuns, listWorkerInstances } from "../../db/operations/list-job-states";
import { listMigrationStatuses } from "../../db/operations/list-migration-statuses";
import { isAnswering, pagePatienceMs } from "../../db/probe";

const dayMs = 86_400_000;

/** What the worker does and did, and what the migrations made of both databases. */
export async function readOperations() {
  const readAt = new Date();
  const db = consoleDatabase();
  const [jobs, troubled, instances, migrations] = await Promise.all([
    listJobStates(db, { asOf: readAt }),
    listTroubledRuns(db, { since: new Date(readAt.getTime() - 7 * dayMs), limit: 50 }),
    listWorkerInstances(db, { since: new Date(readAt.getTime() - dayMs) }),
    readMigrationStatuses(),
  ]);
  return { readAt, jobs, troubled, instances, migrations };
}

async function readMigrationStatuses() {
  if (!(await isAnswering("console_read", pagePatienceMs)))
    return "SecuryFlex does not answer, so its ledger cannot be read.";
  return listMigrationStatuses(readEnvironment()).catch(unreadableReason);
}

export type OperationsRead = Awaited<ReturnType<typeof readOperations>>;
