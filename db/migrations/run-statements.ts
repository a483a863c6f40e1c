import postgres from "postgres";

import type { Sql } from "../connections";
import { markSession, unmarkSession } from "./at-work";
import { clearUpConcurrent } from "./concurrent-effect";
import { MigrationError } from "./migration-error";
import type { MigratorSessions } from "./only-migrator";
import { parseScript, type ScriptStatement } from "./parse-script";
import { executeStatement, readyTransaction, type ScriptRun } from "./script-run";
import { inShortTries } from "./short-tries";
import { markBegun, markEnded, readMarks, refuseEdited, type StatementMark, strikeMark } from "./statement-ledger";
import { type LockLook, watchLocks } from "./watch-locks";

/** A concurrent statement that makes more sessions wait than this, for two looks in a row, is cancelled. */
export const mostBlockedSessions = 5;

const clearUpSeconds = 60;

/**
 * Runs a script outside a transaction from where it was cut off: what ended is passed over, what was under way is told
 * by what it left. Throws MigrationError behind a pooler of transactions, which keeps no session.
 */
export async function runStatements(run: ScriptRun, statements: ScriptStatement[]): Promise<void> {
  const { sessions, migration, side } = run;
  const { sql } = sessions;
  await refusePooler(sessions, migration.label);
  const marks = (await readMarks(sql)).filter((mark) => mark.version === migration.version && mark.side === side);
  refuseEdited(migration, statements, marks);
  refuseNameless(migration.label, statements);
  await markSession(sql);
  await sql`
    select set_config('search_path', 'public, extensions', false), set_config('statement_timeout', '0', false),
           set_config('lock_timeout', '0', false)`;
  try {
    for (const statement of statements) {
      const mark = marks.find(({ position }) => position === statement.position);
      if (mark?.endedAt) continue;
      await inShortTries(run, (onLook) => runOne(run, { statement, of: statements.length, mark, onLook }));
      await run.onStep("statement recorded", { migration, side, statement, of: statements.length });
    }
  } finally {
    await leave(sql).catch(() => undefined);
  }
}

async function leave(sql: Sql): Promise<void> {
  await sql.unsafe("reset search_path");
  await sql.unsafe("reset statement_timeout");
  await sql.unsafe("reset lock_timeout");
  await unmarkSession(sql);
}

type One = {
  statement: ScriptStatement;
  of: number;
  /** Undefined where no earlier migrator began it. */
  mark: StatementMark | undefined;
  onLook: (look: LockLook) => void;
};

async function runOne(run: ScriptRun, { statement, of, mark, onLook }: One): Promise<void> {
  const { sessions, migration, side } = run;
  const { sql } = sessions;
  if (mark) {
    const begun = mark.statement === null ? statement : (await parseScript(mark.statement))[0];
    const wasDone = await clearUp(run, begun, onLook);
    if (wasDone && begun?.text === statement.text) {
      run.onLine(`${migration.label}: statement ${statement.position} had ended before its migrator was cut off.`);
      return markEnded(sql, migration.version, side, statement);
    }
  }
  if (statement.fitsTransaction) {
    await sql.begin(async (transaction) => {
      const executor = transaction as unknown as Sql;
      await readyTransaction(executor, run.patience);
      await executeStatement(run, { executor, statement, of, onLook });
      await markBegun(executor, migration.version, side, statement);
      await markEnded(executor, migration.version, side, statement);
    });
    return;
  }
  if (statement.concurrent?.does === "create index") await clearUp(run, statement, onLook);
  await markBegun(sql, migration.version, side, statement);
  const crowd = new AbortController();
  try {
    const watched = statement.concurrent ? { onLook: watchCrowd(run, crowd, onLook), stop: crowd.signal } : { onLook };
    await executeStatement(run, { executor: sql, statement, of, ...watched });
  } catch (error) {
    if (!(error instanceof postgres.PostgresError) || error.code.startsWith("57P")) throw error;
    const isClear = await clearUp(run, statement, onLook, clearUpSeconds).catch(() => undefined);
    if (isClear !== undefined) await strikeMark(sql, migration.version, side, statement);
    throw crowd.signal.aborted ? crowd.signal.reason : error;
  }
  await markEnded(sql, migration.version, side, statement);
}

/** Aborts `crowd` where a statement makes too many others wait. */
function watchCrowd({ migration }: ScriptRun, crowd: AbortController, onLook: (look: LockLook) => void) {
  let crowdedLooks = 0;
  return (look: LockLook) => {
    onLook(look);
    crowdedLooks = look.blockedCount > mostBlockedSessions ? crowdedLooks + 1 : 0;
    if (crowdedLooks < 2) return;
    const reason = `${migration.label} was cancelled: ${look.blockedCount} sessions waited for it, and the limit is ${mostBlockedSessions}. What it had begun was cleared; run it again when the table is quieter.`;
    crowd.abort(new MigrationError(reason));
  };
}

/** Without `seconds` it waits as long as it takes; what is left after them is cleared by the next attempt. */
async function clearUp(
  { sessions: { sql, watch } }: ScriptRun,
  statement: ScriptStatement | undefined,
  onLook: (look: LockLook) => void,
  seconds = 0,
): Promise<boolean | null> {
  const work = statement?.concurrent;
  if (!work) return null;
  const [own] = await sql<{ pid: number }[]>`
    select pg_backend_pid() as pid, set_config('statement_timeout', ${`${seconds}s`}, false)`;
  try {
    return await watchLocks(watch, own?.pid as number, onLook, () =>
      clearUpConcurrent(sql, work, (text) => sql.unsafe(text)),
    );
  } finally {
    await sql.unsafe("set statement_timeout = 0");
  }
}

/** While another session is in a transaction, a pooler of transactions gives this one another server process. */
async function refusePooler({ sql, watch }: MigratorSessions, label: string): Promise<void> {
  const pidOf = async (session: Sql) => {
    const [row] = await session<{ pid: number }[]>`select pg_backend_pid() as pid`;
    return row?.pid;
  };
  const own = await pidOf(sql);
  const [other, again] = await watch().begin(async (transaction) => [
    await pidOf(transaction as unknown as Sql),
    await pidOf(sql),
  ]);
  if (other !== own && again === own) return;
  throw new MigrationError(
    `${label} did not run: the way to the server leads through a pooler of transactions, and what runs outside a transaction needs a session of its own. Nothing was changed; use the address of the server itself: DATABASE_URL for npm run db:migrate, DATABASE_ADMIN_URL for an operation.`,
  );
}

function refuseNameless(label: string, statements: ScriptStatement[]): void {
  const nameless = statements.find(({ concurrent }) => concurrent?.does === "create index" && concurrent.index === "");
  if (nameless)
    throw new MigrationError(
      `${label} did not run: the index of its statement ${nameless.position} has no name, so that nothing could be cleared up after a crash. Give it one.`,
    );
}
