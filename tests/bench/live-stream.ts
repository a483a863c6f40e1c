import { openClient, type Sql } from "../../db/connections";
import { startTestConsole, type TestConsole } from "../support/console";
import { openEventStream } from "../support/event-stream";
import { checkInNow, playLiveDay } from "../support/live-day";
import { onDatabase } from "../support/on-database";
import { openOwnCluster } from "../support/own-cluster";

export type CommitToEvent = { p50Ms: number; p95Ms: number; n: number };

type Pace = {
  /** Check-ins that are measured. */
  count?: number;
  /** Between two of them; at less than 250 ms many wait for the flush before them. */
  everyMs?: number;
};

/**
 * From the return of a check-in's commit to its event at a client of `/live/stream`, on a production server with a
 * PostgreSQL of its own. While nothing else happens an event waits for the reader's next look, 50 ms apart, and its
 * query; after another event it waits for the rest of the 250 ms of that flush as well.
 */
export async function measureCommitToEvent(pace: Pace = {}): Promise<CommitToEvent> {
  const { databases } = await openOwnCluster();
  const ops = await startTestConsole({ databases });
  try {
    const guards = 40;
    await onDatabase(ops.environment.DATABASE_URL as string, (sql) => playLiveDay(sql, guards));
    return await measureOn(ops, { guards, ...pace });
  } finally {
    await ops.close();
  }
}

/** The same on a console that runs, whose day has `guards` shifts (tests/support/live-day.ts). */
export async function measureOn(
  ops: Pick<TestConsole, "ask" | "signIn" | "environment">,
  { guards, count = 200, everyMs = 400 }: { guards: number } & Pace,
): Promise<CommitToEvent> {
  const product: Sql = openClient(ops.environment.DATABASE_URL as string, { max: 1, applicationName: "bench" });
  const heardAt = new Map<number, number>();
  const stream = await openEventStream(ops.ask, {
    session: await ops.signIn("ops"),
    onEvent: ({ changes }) => {
      for (const [topic, id] of changes) if (topic === "checkin") heardAt.set(id, performance.now());
    },
  });
  const committedAt = new Map<number, number>();
  try {
    while (stream.changes.length === 0) await pause(10);
    for (let round = 0; round < count; round += 1) {
      const beganAt = performance.now();
      const id = await checkInNow(product, 1 + (round % guards));
      committedAt.set(id, performance.now());
      // Not in step with the reader.
      await pause(Math.max(0, everyMs * (0.75 + Math.random() / 2) - (performance.now() - beganAt)));
    }
    const deadline = performance.now() + 10_000;
    while (heardAt.size < count && performance.now() < deadline) await pause(10);
  } finally {
    stream.close();
    await product.end();
  }
  const delaysMs = [...committedAt].map(([id, at]) => Math.max(0, (heardAt.get(id) ?? Number.POSITIVE_INFINITY) - at));
  const sorted = delaysMs.sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
  return { p50Ms: at(0.5), p95Ms: at(0.95), n: sorted.length };
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
