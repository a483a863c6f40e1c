import { fork } from "node:child_process";
import { once, setMaxListeners } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { refreshSeconds } from "../../app/database/refresh-seconds";
import { projectDirectory } from "../../db/environment";
import type { TestConsole } from "../support/console";
import { onDatabase } from "../support/on-database";
import { runPgbench } from "./run-pgbench";

/** What a worker takes to catch up with the slots of its minute. */
const settleMs = 5_000;

type Ops = Pick<TestConsole, "url" | "ask" | "environment">;

/** `tabs` in sight, each asking for its panel as its page does, none in step with another, until `signal` aborts. */
export async function keepTabsOpen(ops: Ops, cookie: string, tabs: number, signal: AbortSignal): Promise<void> {
  setMaxListeners(tabs + 10, signal);
  const tab = async () => {
    await pause(Math.random() * refreshSeconds * 1000, undefined, { signal });
    while (!signal.aborted) {
      const answer = await ops.ask("/database/blocked-sessions.data", { session: cookie });
      if (answer.status !== 200) throw new Error(`A tab is answered with ${answer.status}.`);
      await answer.text();
      await pause(refreshSeconds * 1000, undefined, { signal });
    }
  };
  await Promise.all(
    Array.from({ length: tabs }, () => tab().catch((error) => (signal.aborted ? undefined : Promise.reject(error)))),
  );
}

export type Load = { tabs: number; callsAMinute: number; millisecondsAMinute: number };

/** What console_read asks of SecuryFlex while so many tabs show a panel and no worker runs. */
export async function measureLoad(
  ops: Ops,
  { cookie, seconds, tabs }: { cookie: string; seconds: number; tabs: readonly number[] },
): Promise<Load[]> {
  const loads: Load[] = [];
  for (const count of tabs) {
    const closing = new AbortController();
    const open = keepTabsOpen(ops, cookie, count, closing.signal);
    await pause(refreshSeconds * 1000);
    const before = await readOwnLoad(ops);
    const startedAt = performance.now();
    await Promise.race([pause(seconds * 1000), open]);
    const after = await readOwnLoad(ops);
    const minutes = (performance.now() - startedAt) / 60_000;
    closing.abort();
    await open;
    loads.push({
      tabs: count,
      callsAMinute: (after.calls - before.calls) / minutes,
      millisecondsAMinute: (after.milliseconds - before.milliseconds) / minutes,
    });
  }
  return loads;
}

async function readOwnLoad(ops: Ops): Promise<{ calls: number; milliseconds: number }> {
  const [row] = await onDatabase(
    ops.environment.DATABASE_URL as string,
    (sql) => sql<[{ calls: number; milliseconds: number }]>`
      select coalesce(sum(calls), 0)::float8 as calls, coalesce(sum(total_exec_time), 0)::float8 as milliseconds
      from pg_stat_statements where userid = 'console_read'::regrole`,
  );
  return row;
}

/** What runs beside the writers: nothing, what the database room needs, or every job of the console; five tabs with both. */
export const companies = ["nothing", "database room", "whole console"] as const;
export type Company = (typeof companies)[number];

/** Check-ins a second of four writers, beside each company by turns. */
export async function measureWriters(
  ops: Ops,
  { cookie, seconds, rounds, guards }: { cookie: string; seconds: number; rounds: number; guards: number },
): Promise<Record<Company, number>> {
  const write = async () => {
    const statement = `\\set guard random(1, ${guards})
      insert into gps_checkins (shift_id, professional_id, kind, gps_point, accuracy_meters, is_within_radius, recorded_at)
      values (:guard, :guard, 'ping', 'SRID=4326;POINT(4.8926 52.3731)', 8, true, now());`;
    const runs = await runPgbench(ops.environment.DATABASE_URL as string, [statement], { clients: 4, seconds });
    return runs.flat().length / seconds;
  };
  const written: Record<Company, number> = { nothing: 0, "database room": 0, "whole console": 0 };
  for (let round = 0; round < rounds; round += 1) {
    for (const company of companies) {
      const leave = company === "nothing" ? async () => {} : await keepCompany(ops, cookie, company);
      try {
        written[company] += (await write()) / rounds;
      } finally {
        await leave();
      }
    }
  }
  return written;
}

async function keepCompany(
  ops: Ops,
  cookie: string,
  company: Exclude<Company, "nothing">,
): Promise<() => Promise<void>> {
  const closing = new AbortController();
  const worker = fork(join(projectDirectory, "tests/bench/worker-process.ts"), [company], {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, ...ops.environment },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await once(worker, "message");
  await pause(settleMs);
  const open = keepTabsOpen(ops, cookie, 5, closing.signal);
  return async () => {
    closing.abort();
    await open;
    const ended = once(worker, "exit");
    worker.send("stop");
    await ended;
  };
}
