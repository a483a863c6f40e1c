import { defineOperation, OperationRefusal, type Plan, type RunContext } from "../operation";
import { backendFields, backendInput, lookForBackend, planForBackend } from "./find-backend";
import { waitUntil } from "./wait-until";

const cancelSeconds = 3;
const leaveSeconds = 20;

export const terminateBackend = defineOperation({
  id: "terminate-backend",
  title: "Terminate a backend",
  purpose: "Ends a session that holds up others: its transaction is rolled back and its locks are free.",
  risk: "medium",
  permission: "database.signal",
  changes: "securyflex",
  input: backendInput,
  fields: backendFields,
  plan: async ({ securyflex }, { pid }) => {
    const { backend, who, plan } = await planForBackend(securyflex, pid);
    return {
      ...plan,
      summary: `Ends the session of ${who}; its client gets an error and may connect again.`,
      consequences: [
        ...plan.consequences,
        "Its statement is cancelled first, so that it can end in order. Nothing brings its transaction back.",
      ],
      statements: [`select pg_cancel_backend(${pid})`, `select pg_terminate_backend(${pid})`],
      basis: { pid, backendStart: backend.backendStart },
    };
  },
  settle: async (context, plan) => ((await isThere(context, plan)) ? undefined : gone(plan, null)),
  run: async (context, plan) => {
    const { pid, backendStart } = plan.basis as { pid: number; backendStart: string };
    const before = await lookForBackend(context.securyflex, pid);
    const isActive = async () => (await isThere(context, plan))?.state === "active";
    if (await isActive()) {
      await context.log(plan.statements[0] as string);
      await context.admin`
        select pg_cancel_backend(pid) from pg_stat_activity
        where pid = ${pid} and backend_start = ${backendStart}::text::timestamptz and state = 'active'`;
      const hasStopped = await waitUntil(async () => !(await isActive()), cancelSeconds, context.signal);
      await context.log(hasStopped ? "The statement has stopped." : `It went on for ${cancelSeconds} s.`);
    }
    await context.log(plan.statements[1] as string);
    await context.admin`
      select pg_terminate_backend(pid) from pg_stat_activity
      where pid = ${pid} and backend_start = ${backendStart}::text::timestamptz`;
    if (!(await waitUntil(async () => !(await isThere(context, plan)), leaveSeconds, context.signal)))
      throw new OperationRefusal(`It was told to end, but is still there after ${leaveSeconds} s.`);
    return gone(plan, before?.blockedPids.length ?? null);
  },
  undo: undefined,
  timeoutSeconds: 120,
});

/** The very session that the plan is for, not another with its pid. */
async function isThere(context: RunContext, { basis }: Plan) {
  const backend = await lookForBackend(context.securyflex, basis.pid as number);
  return backend?.backendStart === basis.backendStart ? backend : undefined;
}

function gone({ target }: Plan, blockedBefore: number | null) {
  return {
    summary: `The session ${target} has ended.`,
    proof: [
      { label: "Session", before: "connected", after: "ended" },
      {
        label: "Sessions that waited for it",
        before: blockedBefore === null ? "not known, its process died" : String(blockedBefore),
        after: "0",
      },
    ],
  };
}
