import type { Database, Sql } from "../connections";
import { type Attempt, type Outcome, writeAs } from "./attempts";
import type { JobContext } from "./job";

export type AttemptResult = { outcome: Outcome; note: string };

/**
 * Runs one attempt until it ends, its timeout passes or `halting` aborts. A run that ignores its signal is left
 * behind: whatever it still writes is refused once the attempt has ended. Never throws.
 */
export async function runAttempt({
  sql,
  securyflex,
  operate,
  attempt,
  halting,
}: {
  sql: Sql;
  securyflex: Database;
  operate: Database;
  attempt: Attempt;
  halting: AbortSignal;
}): Promise<AttemptResult> {
  const { job, slot } = attempt;
  const interruption = new AbortController();
  const { signal } = interruption;
  const interrupted = new Promise<AttemptResult>((resolve) => {
    signal.addEventListener("abort", () => resolve(signal.reason as AttemptResult), { once: true });
  });
  const release = () => interruption.abort({ outcome: "released", note: "The worker stopped before it ended." });
  const expire = () =>
    interruption.abort({ outcome: "failed", note: `It did not end within ${job.timeoutSeconds} s.` });
  const timer = setTimeout(expire, job.timeoutSeconds * 1000);
  halting.addEventListener("abort", release, { once: true });
  if (halting.aborted) release();
  const write: JobContext["write"] = (work) => writeAs(sql, attempt, work);
  try {
    const ended = job
      .run({ securyflex, operate, write, signal, slot })
      .then((note) => ({ outcome: "done" as const, note }));
    return await Promise.race([interrupted, ended]);
  } catch (error) {
    return { outcome: "failed", note: firstLine(error) };
  } finally {
    clearTimeout(timer);
    halting.removeEventListener("abort", release);
  }
}

/** The first line of an error's message, without the statement that Drizzle puts there. */
export function firstLine(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const message = cause instanceof Error ? cause.message || cause.name : String(cause);
  return message.split("\n")[0] as string;
}
