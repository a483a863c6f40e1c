import { sql } from "drizzle-orm";

import { OperationRefusal, type RunContext } from "../operation";

const everyMs = 1_000;
/** A build that makes more sessions wait than this, twice in a row, is cancelled. */
export const mostBlockedSessions = 5;

type Look = {
  phase: string | null;
  doneRatio: number | null;
  waitsFor: string | null;
  blockedCount: number;
};

/**
 * Runs a statement, tells what the server says of its progress and for whom it waits, and cancels it where it makes too
 * many others wait. Returns the server's warnings.
 */
export function executeWatched(context: RunContext, statement: string): Promise<string[]> {
  return watch(context, mostBlockedSessions, (stop) => context.execute(statement, stop));
}

/** Runs one that reads, in the same way. Returns its rows. */
export function readWatched(context: RunContext, statement: string, most: number): Promise<Record<string, unknown>[]> {
  return watch(context, most, (stop) => context.read(statement, stop));
}

async function watch<Answer>(
  context: RunContext,
  most: number,
  send: (stop: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const watchdog = new AbortController();
  let told = "";
  let looking: Promise<unknown> = Promise.resolve();
  let blockedLooks = 0;
  const look = async () => {
    const seen = await readProgress(context);
    if (!seen) return;
    if (seen.phase) await context.progress({ phase: seen.phase, doneRatio: seen.doneRatio });
    const waits = seen.waitsFor ? `Waits for ${seen.waitsFor}.` : "";
    if (waits && waits !== told) await context.log(waits);
    told = waits;
    blockedLooks = seen.blockedCount > most ? blockedLooks + 1 : 0;
    if (blockedLooks > 1)
      watchdog.abort(
        new OperationRefusal(`It was cancelled: ${seen.blockedCount} sessions waited for it. Try when it is quieter.`),
      );
  };
  const timer = setInterval(() => {
    looking = look().catch(() => undefined);
  }, everyMs);
  try {
    return await send(watchdog.signal);
  } finally {
    clearInterval(timer);
    await looking;
  }
}

async function readProgress({ securyflex, sessionName }: RunContext): Promise<Look | undefined> {
  const [seen] = await securyflex.execute<Look & Record<string, unknown>>(sql`
    with own as (select pid from pg_stat_activity where application_name = ${sessionName} limit 1)
    select progress.phase, progress.done::float8 / nullif(progress.total, 0) as "doneRatio",
           (select string_agg(format('pid %s (%s), open for %s s', holder.pid,
                     concat_ws(' of ', nullif(holder.application_name, ''), holder.usename),
                     coalesce(extract(epoch from now() - holder.xact_start)::integer, 0)), '; ')
            from pg_stat_activity as holder where holder.pid = any(pg_blocking_pids(own.pid))) as "waitsFor",
           (select count(*) from pg_stat_activity as waiting
            where waiting.wait_event_type = 'Lock' and own.pid = any(pg_blocking_pids(waiting.pid)))::integer as "blockedCount"
    from own
    left join (
      select pid, phase, heap_blks_scanned as done, heap_blks_total as total from pg_stat_progress_vacuum
      union all
      select pid, phase, sample_blks_scanned, sample_blks_total from pg_stat_progress_analyze
      union all
      select pid, phase, blocks_done, blocks_total from pg_stat_progress_create_index
    ) as progress on progress.pid = own.pid`);
  return seen;
}
