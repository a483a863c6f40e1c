import { sql } from "drizzle-orm";

import type { Database } from "../connections";
import { schemaOf } from "../database/catalog-fragments";
import { planStatement } from "../database/plan-statement";
import { readServerProfile } from "../database/server-profile";
import type { Fact, RunContext } from "../operation";
import { waitUntil } from "./wait-until";

/** What a statement took until now. */
export type StatementCost = {
  calls: number;
  milliseconds: number;
  /** By the planner, of the generic plan; null where it cannot be planned. */
  plannedCost: number | null;
};

export const callsToProve = 5;
export const proofWaitSeconds = 60;

/** Of all users, since the counters were reset; undefined where pg_stat_statements does not hold it or cannot be read. */
export async function readStatementCost(db: Database, queryId: string): Promise<StatementCost | undefined> {
  const server = await readServerProfile(db);
  if (!server.extensions.pg_stat_statements) return undefined;
  const [row] = await db.execute<{ calls: number; milliseconds: number; text: string }>(sql`
    select /* ops-console:probe */ sum(calls)::float8 as calls, sum(total_exec_time)::float8 as milliseconds, min(query) as text
    from ${schemaOf(server, "pg_stat_statements")}.pg_stat_statements
    where queryid = ${queryId}::bigint and dbid = (select oid from pg_database where datname = current_database())
    having count(*) > 0`);
  if (!row) return undefined;
  const planned = await planStatement(db, server, row.text);
  const plannedCost = planned.state === "planned" ? planned.plan.totalCost : null;
  return { calls: row.calls, milliseconds: row.milliseconds, plannedCost };
}

/** What a statement takes from now on beside what it took before. Waits a minute for calls; says so where none come. */
export async function proveOnStatement(
  { securyflex: db, signal, progress }: Pick<RunContext, "securyflex" | "signal" | "progress">,
  queryId: string,
  before: StatementCost,
): Promise<Fact[]> {
  const start = await readStatementCost(db, queryId);
  if (!start)
    return [
      { label: `Statement ${queryId}`, before: describeMean(before), after: "not measured: it is no longer counted" },
    ];
  let latest = start;
  await progress({ phase: `waits for ${callsToProve} calls of statement ${queryId}`, doneRatio: null });
  await waitUntil(
    async () => {
      latest = (await readStatementCost(db, queryId)) ?? latest;
      return latest.calls - start.calls >= callsToProve;
    },
    proofWaitSeconds,
    signal,
  );
  const since = {
    ...latest,
    calls: latest.calls - start.calls,
    milliseconds: latest.milliseconds - start.milliseconds,
  };
  return [
    { label: `Mean time of statement ${queryId}`, before: describeMean(before), after: describeMean(since) },
    { label: "Its cost by the planner", before: describeCost(before), after: describeCost(latest) },
  ];
}

function describeMean({ calls, milliseconds }: StatementCost): string {
  if (calls <= 0) return `not called within ${proofWaitSeconds} s`;
  return `${(milliseconds / calls).toPrecision(3)} ms over ${calls} calls`;
}

function describeCost({ plannedCost }: StatementCost): string {
  return plannedCost === null ? "cannot be planned" : plannedCost.toFixed(1);
}
