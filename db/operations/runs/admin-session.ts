import { setTimeout as sleep } from "node:timers/promises";

import { openClient, type Sql } from "../../connections";
import type { OpenConnection } from "../../migrations/only-migrator";
import { OperationRefusal } from "../../operation";
import type { Run } from "./request-run";

const leaveWithinSeconds = 20;

export const runnerName = "securyflex-console op";

/** The server closed the session of an attempt: what its statement did, only the server knows. */
export class SessionLost extends Error {
  override name = "SessionLost";
}

/** Under PostgreSQL's 63 bytes. */
export function sessionName({ id, attempt }: Pick<Run, "id" | "attempt">): string {
  return `${runnerName} ${id} ${attempt}`;
}

/** The server's warnings, and the rows; of several statements those of the last. */
export type Answer = { warnings: string[]; rows: Record<string, unknown>[] };

export type AdminSession = {
  sql: Sql;
  /** Runs one statement to the letter; an abort of `signal` cancels it. */
  execute: (statement: string, signal: AbortSignal) => Promise<Answer>;
  /** One more connection of the same name and fate; its caller ends it. */
  open: OpenConnection;
  close: () => Promise<void>;
};

/**
 * SecuryFlex as console_admin for one attempt. Each session carries the run and the attempt in its name, so that a
 * successor finds and ends it; once the server has closed it, it never opens again.
 */
export function openAdminSession(url: string, run: Pick<Run, "id" | "attempt">): AdminSession {
  const warnings: string[] = [];
  const { sql, refuseLost } = openFenced(url, run, { onWarning: (warning) => warnings.push(warning) });
  return {
    sql,
    open: (options) => openFenced(url, run, options).sql,
    execute: async (statement, signal) => {
      signal.throwIfAborted();
      warnings.length = 0;
      const query = sql.unsafe(statement);
      const cancel = () => query.cancel();
      signal.addEventListener("abort", cancel, { once: true });
      try {
        const answer: unknown[] = await query;
        const rows = Array.isArray(answer.at(-1)) ? answer.at(-1) : answer;
        return { warnings: [...warnings], rows: [...(rows as Answer["rows"])] };
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        refuseLost();
        throw error;
      } finally {
        signal.removeEventListener("abort", cancel);
      }
    },
    close: () => sql.end({ timeout: 2 }),
  };
}

const sends = new Set<string | symbol>(["begin", "unsafe", "reserve"]);

function openFenced(
  url: string,
  run: Pick<Run, "id" | "attempt">,
  { onWarning, onClose }: Parameters<OpenConnection>[0],
): { sql: Sql; refuseLost: () => void } {
  let isLost = false;
  const refuseLost = () => {
    if (isLost) throw new SessionLost("SecuryFlex closed the session of this run.");
  };
  const client = openClient(url, {
    max: 1,
    applicationName: sessionName(run),
    idleSeconds: 3_600,
    onClose: () => {
      isLost = true;
      onClose?.();
    },
    ...(onWarning && { onWarning }),
  });
  const sql = new Proxy(client, {
    apply: (target, self, words) => {
      refuseLost();
      return Reflect.apply(target, self, words);
    },
    get: (target, name) => {
      if (sends.has(name)) refuseLost();
      return Reflect.get(target, name);
    },
  });
  return { sql, refuseLost };
}

/**
 * Ends the sessions that earlier attempts at a run left on the server, and waits until they are gone: whatever they
 * were about to do, they do no more. Throws OperationRefusal where one stays.
 */
export async function endPredecessors(sql: Sql, run: Pick<Run, "id" | "attempt">): Promise<number> {
  const prefix = `${runnerName} ${run.id} `;
  const own = sessionName(run);
  let ended = 0;
  for (const deadline = Date.now() + leaveWithinSeconds * 1000; ; await sleep(100)) {
    const left = await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where starts_with(application_name, ${prefix}) and application_name <> ${own} and pid <> pg_backend_pid()`;
    if (left.length === 0) return ended;
    ended = Math.max(ended, left.length);
    if (Date.now() > deadline)
      throw new OperationRefusal(`A session of an earlier attempt did not end within ${leaveWithinSeconds} s.`);
  }
}
