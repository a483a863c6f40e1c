import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connections";
import { OperationRefusal, type Plan } from "../operation";
import { type Backend, refuseBackend } from "../rules/operations/refuse-backend";

export const backendInput = z.object({
  pid: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1),
});
export const backendFields = [
  { name: "pid", label: "Process id", hint: "The pid of the session, as the panels name it." },
];

export type FoundBackend = Backend & { isAdminSuperuser: boolean };

/** A session of the server as pg_stat_activity has it; its statement is not read. Undefined where there is none. */
export async function lookForBackend(db: Database, pid: number): Promise<FoundBackend | undefined> {
  const [row] = await db.execute<FoundBackend & Record<string, unknown>>(sql`
    select pid, to_char(backend_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "backendStart",
           to_char(query_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "queryStart",
           backend_type as "backendType", usename as "userName", coalesce(rolsuper, false) as "isSuperuser",
           application_name as "applicationName", host(client_addr) as "clientAddress", state,
           wait_event_type || ': ' || wait_event as "waitEvent",
           datname is not distinct from current_database() as "isThisDatabase",
           backend_type = 'autovacuum worker' and query like '%to prevent wraparound%' as "isWraparoundVacuum",
           extract(epoch from now() - xact_start)::integer as "transactionSeconds",
           backend_xid is not null as "hasWritten",
           array(select waiting.pid from pg_stat_activity as waiting
                 where activity.pid = any(pg_blocking_pids(waiting.pid)) order by waiting.pid) as "blockedPids",
           (select rolsuper from pg_roles where rolname = 'console_admin') as "isAdminSuperuser"
    from pg_stat_activity as activity
    left join pg_roles on pg_roles.oid = usesysid
    where pid = ${pid}`);
  return row;
}

/** Who it is, what it would free and what would be lost. Throws OperationRefusal where there is no such session. */
export async function planForBackend(
  db: Database,
  pid: number,
): Promise<{
  backend: FoundBackend;
  who: string;
  plan: Pick<Plan, "target" | "exclusiveKey" | "consequences" | "refusals">;
}> {
  const backend = await lookForBackend(db, pid);
  if (!backend) throw new OperationRefusal(`There is no session with pid ${pid}; it may have ended by itself.`);
  const { applicationName, userName, clientAddress, state, transactionSeconds, hasWritten, blockedPids } = backend;
  const who = `${applicationName || "an unnamed client"} of ${userName ?? "the server"}${clientAddress ? ` at ${clientAddress}` : ""}`;
  return {
    backend,
    who,
    plan: {
      target: `pid ${pid}`,
      exclusiveKey: `pid:${pid}`,
      consequences: [
        `It is ${who}, connected since ${backend.backendStart.slice(0, 19).replace("T", " ")} UTC, ${state ?? "without a state"}${backend.waitEvent ? `, waiting (${backend.waitEvent})` : ""}.`,
        blockedPids.length > 0
          ? `${blockedPids.length === 1 ? "1 session waits" : `${blockedPids.length} sessions wait`} for it and would go on: ${blockedPids.map((blocked) => `pid ${blocked}`).join(", ")}.`
          : "No session waits for it.",
        transactionSeconds === null
          ? "It has no transaction open, so nothing would be rolled back."
          : `Its transaction has been open for ${transactionSeconds} s${hasWritten ? " and has written: all of that would be rolled back." : " and has written nothing."}`,
      ],
      refusals: refuseBackend(backend, backend),
    },
  };
}
