import type { Environment } from "../environment";
import type { Operation, PlanContext } from "../operation";
import { listRuns } from "../operations/runs/list-runs";
import { requestAsSchedule, runIdFor } from "../operations/runs/request-as-schedule";
import { RunRefusal } from "../operations/runs/run-refusal";

/**
 * Asks for an operation as the schedule, once for each slot and not beside a run of it that is open, on record like
 * whatever people ask for. Returns what became of it, one sentence. Throws where it was refused.
 */
export async function requestScheduled(
  environment: Environment,
  securyflex: PlanContext["securyflex"],
  slot: Date,
  choose: (context: PlanContext) => Promise<{ operation: Operation; input: unknown } | string>,
): Promise<string> {
  const run = await requestAsSchedule(environment, securyflex, async (context) => {
    const chosen = await choose(context);
    if (typeof chosen === "string") return chosen;
    const { id } = chosen.operation;
    const runId = runIdFor(`${id} ${slot.toISOString()}`);
    const [open] = await listRuns(context.console, { filter: { operation: id, isOpen: true }, limit: 1 });
    if (open && open.id !== runId)
      return `Asked for nothing: ${id} of ${open.target} is under way, /operations/${open.id}`;
    return { ...chosen, runId };
  }).catch((error: unknown) => {
    throw error instanceof RunRefusal ? new Error(error.message) : error;
  });
  return typeof run === "string" ? run : `Asked for ${run.operation} of ${run.target}: /operations/${run.id}`;
}

/** Whether backups are taken and proved by schedule here: BACKUP_SCHEDULE is not off. */
export const isScheduled = () => process.env.BACKUP_SCHEDULE !== "off";
export const notScheduled = "Backups by schedule are off: BACKUP_SCHEDULE.";
