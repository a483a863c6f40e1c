import { sql } from "drizzle-orm";
import { z } from "zod";

import { backupUrl } from "../backups/backup-place";
import { readSource } from "../backups/catalogue";
import { restoredMark } from "../backups/list-beside";
import { switchDatabases } from "../backups/switch-databases";
import type { Database } from "../connections";
import { readEnvironment } from "../environment";
import { defineOperation, OperationRefusal, type RunContext } from "../operation";
import { describeDatabase } from "./restore-backup";
import { waitUntil } from "./wait-until";

export const switchDatabase = defineOperation({
  id: "switch-database",
  title: "Switch to a restored database",
  purpose: "Gives a restored database the name of the running one, which is kept under another name.",
  risk: "critical",
  permission: "database.backup",
  changes: "console",
  input: z.object({ database: z.string().trim().min(1).max(63) }),
  fields: [{ name: "database", label: "Database", hint: "A restored database, or the one that was kept at a switch." }],
  plan: async ({ securyflex }, { database: next }) => {
    const { source, database: current } = await readSource(securyflex);
    const [candidate, running] = [
      await describeDatabase(securyflex, next),
      await describeDatabase(securyflex, current),
    ];
    if (!candidate || !running) throw new OperationRefusal(`There is no database ${next} on this server.`);
    const kept = `${current.slice(0, 44)}_kept_${running.oid}`;
    const isOurs = candidate.comment?.startsWith(restoredMark) ?? false;
    return {
      target: next,
      exclusiveKey: `backup:${source}`,
      summary: `Everybody works with ${next} from then on; what is ${current} now is kept as ${kept}.`,
      consequences: [
        `${next} is ${candidate.comment?.slice(restoredMark.length) ?? "of unknown origin"}.`,
        ...(await describeLoss(securyflex, candidate.comment)),
        `${await countSessions(securyflex, current)} sessions of ${current} are ended, and what they had not committed is rolled back. Names change within seconds, at most half a minute; who connects meanwhile waits.`,
        "The password logins stay as they are. Logical replication slots stay with the database that is kept.",
      ],
      refusals: [
        ...(isOurs ? [] : [`${next} was not restored by this console, so nothing says what is in it.`]),
        ...(next === current ? [`${next} is the running database.`] : []),
        ...((await describeDatabase(securyflex, kept)) ? [`There is a database ${kept} already.`] : []),
      ],
      statements: [
        `alter database ${quoted(current)} rename to ${quoted(kept)}`,
        `alter database ${quoted(next)} rename to ${quoted(current)}`,
      ],
      basis: { source, current, kept, currentOid: running.oid, nextOid: candidate.oid },
    };
  },
  settle: async (context, plan) => ((await isSwitched(context, plan.basis)) ? outcomeOf(plan) : undefined),
  run: async (context, plan, { database: next }) => {
    const { current, kept } = plan.basis as { current: string; kept: string };
    for (const statement of plan.statements) await context.log(statement);
    context.reach("about to switch");
    context.signal.throwIfAborted();
    const note = `${restoredMark}kept at ${new Date().toISOString()}, when ${next} took its place by run ${context.runId}`;
    await switchDatabases(backupUrl(readEnvironment()), { current, next, kept, note });
    context.reach("switched");
    const isThere = await waitUntil(() => isSwitched(context, plan.basis).catch(() => false), 30, context.signal);
    if (!isThere) throw new OperationRefusal(`The names changed, and ${current} does not answer yet. Look at it.`);
    return outcomeOf(plan);
  },
  undo: "Switch to the database that was kept: it gets its name back, and what was written since is kept in its turn.",
  timeoutSeconds: 120,
  failpoints: ["about to switch", "switched"],
});

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

async function isSwitched({ securyflex }: Pick<RunContext, "securyflex">, basis: Record<string, unknown>) {
  const [current, kept] = await Promise.all([
    describeDatabase(securyflex, String(basis.current)),
    describeDatabase(securyflex, String(basis.kept)),
  ]);
  return current?.oid === basis.nextOid && kept?.oid === basis.currentOid;
}

async function countSessions(db: Database, name: string): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::integer as count from pg_stat_activity where datname = ${name} and backend_type = 'client backend'`,
  );
  return row?.count ?? 0;
}

/** What the running database has and the restored one has not, by its newest rows. */
async function describeLoss(db: Database, comment: string | null): Promise<string[]> {
  const snapshotAt = /as it was at (\S+),/.exec(comment ?? "")?.[1];
  if (!snapshotAt) return ["What was written since it was kept stays behind in the database that is kept now."];
  const [row] = await db.execute<{ ageSeconds: number; shifts: number; newest: string | null }>(sql`
    select extract(epoch from now() - ${snapshotAt}::timestamptz)::integer as "ageSeconds",
           (select count(*)::integer from public.shifts where updated_at > ${snapshotAt}::timestamptz) as shifts,
           (select to_char(max(updated_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from public.shifts) as newest`);
  if (!row) return [];
  return [
    `Data lost: all that was written in the ${Math.ceil(row.ageSeconds / 60)} min since ${snapshotAt}, ${row.shifts} shifts that were written since among it; the newest is of ${row.newest ?? "never"}. It stays in the database that is kept.`,
  ];
}

function outcomeOf(plan: { basis: Record<string, unknown>; target: string }) {
  const { current, kept, currentOid, nextOid } = plan.basis;
  return {
    summary: `${current} is what was ${plan.target}. What it was before is kept as ${kept}.`,
    proof: [
      { label: `Oid of ${current}`, before: String(currentOid), after: String(nextOid) },
      { label: "Kept as", before: "none", after: String(kept) },
    ],
  };
}
