import { defineOperation, OperationRefusal, type RunContext } from "../operation";
import { backendFields, backendInput, lookForBackend, planForBackend } from "./find-backend";
import { waitUntil } from "./wait-until";

const stopsWithinSeconds = 15;

export const cancelQuery = defineOperation({
  id: "cancel-query",
  title: "Cancel a query",
  purpose: "Stops the statement that a session runs; the session stays connected.",
  risk: "low",
  permission: "database.signal",
  changes: "securyflex",
  input: backendInput,
  fields: backendFields,
  plan: async ({ securyflex }, { pid }) => {
    const { backend, who, plan } = await planForBackend(securyflex, pid);
    const isIdle = backend.state !== "active";
    return {
      ...plan,
      summary: `Cancels what ${who} runs since ${backend.queryStart ?? "never"}.`,
      refusals: [
        ...plan.refusals,
        ...(isIdle && plan.refusals.length === 0
          ? ["It runs nothing now, and a cancel does nothing to an idle session. To free its locks, terminate it."]
          : []),
      ],
      statements: [`select pg_cancel_backend(${pid})`],
      basis: { pid, backendStart: backend.backendStart, queryStart: backend.queryStart },
    };
  },
  settle: async (context, { basis }) =>
    (await isRunning(context, basis)) ? undefined : { summary: "The statement has ended.", proof: [] },
  run: async (context, { basis }) => {
    const { pid, backendStart, queryStart } = basis as { pid: number; backendStart: string; queryStart: string };
    const before = await lookForBackend(context.securyflex, pid);
    const signalled = await context.admin`
      select pg_cancel_backend(pid) from pg_stat_activity
      where pid = ${pid} and backend_start = ${backendStart}::text::timestamptz and query_start = ${queryStart}::text::timestamptz
        and state = 'active'`;
    const hasStopped = await waitUntil(
      async () => !(await isRunning(context, basis)),
      stopsWithinSeconds,
      context.signal,
    );
    if (!hasStopped)
      throw new OperationRefusal(`It was cancelled, but did not stop within ${stopsWithinSeconds} s. Terminate it.`);
    const after = await lookForBackend(context.securyflex, pid);
    return {
      summary:
        signalled.length > 0
          ? `The statement of pid ${pid} was stopped.`
          : `The statement of pid ${pid} had ended by itself; nothing was cancelled.`,
      proof: [
        { label: "State", before: before?.state ?? "gone", after: after?.state ?? "gone" },
        { label: "Sessions that waited for it", before: waiting(before), after: waiting(after) },
      ],
    };
  },
  undo: undefined,
  timeoutSeconds: 60,
});

async function isRunning(context: RunContext, basis: Record<string, unknown>): Promise<boolean> {
  const backend = await lookForBackend(context.securyflex, basis.pid as number);
  return (
    backend?.backendStart === basis.backendStart &&
    backend?.queryStart === basis.queryStart &&
    backend?.state === "active"
  );
}

function waiting(backend: { blockedPids: number[] } | undefined): string {
  return String(backend?.blockedPids.length ?? 0);
}
