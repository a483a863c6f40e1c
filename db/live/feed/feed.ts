import { setTimeout as pause } from "node:timers/promises";
import { outageOf } from "../../outages";
import { openFeedConnection } from "./feed-connection";
import { type Batch, type FeedShift, type ReadShifts, readAdvance } from "./read-advance";
import type { SideSource } from "./side-source";
import type { Change } from "./snapshot-cursor";
import { FeedOnStandby } from "./snapshot-cursor";
import { watchSides } from "./watch-sides";

export type FeedEvent<Shift> =
  | {
      kind: "changes";
      position: string;
      seq: number;
      asOf: Date;
      changes: Change[];
      shifts: Shift[];
      gone: number[];
    }
  | { kind: "reset"; reason: string }
  | { kind: "clock"; asOf: Date }
  | { kind: "waiting"; reason: string }
  | { kind: "side"; event: string; revision: string };

export type Follower<Frame> = {
  /** Where it stands; null for one that begins here. */
  position: string | null;
  take: (frame: Frame) => void;
  /** After a reset: it has to begin anew. */
  end: () => void;
};

export type Feed<Frame> = {
  /** Follows until the returned function is called. The first event says that it has caught up, or to begin anew. */
  follow: (follower: Follower<Frame>) => () => void;
};

type Options<Shift extends FeedShift, Frame> = {
  readShifts: ReadShifts<Shift>;
  /** Called once for each event, however many follow. */
  encode: (event: FeedEvent<Shift>) => Frame;
  beginLife: () => Promise<void>;
  sideSources: readonly SideSource[];
  report: (error: unknown) => void;
};

/** Changes that come faster are told together. */
const flushMs = 250;
/** How often it looks while nothing changes. */
const lookMs = 50;
const clockMs = 4_000;
const sweepMs = 5_000;
const longestBackoffMs = 1_000;

/**
 * The one reader of a process. It asks while somebody follows and rests otherwise; in an outage it waits, and goes on
 * from where it was. A new follower joins in the snapshot in which all others move on.
 */
export function createFeed<Shift extends FeedShift, Frame>(options: Options<Shift, Frame>): Feed<Frame> {
  const { readShifts, encode, beginLife, report } = options;
  const settled = new Set<Follower<Frame>>();
  const joining = new Set<Follower<Frame>>();
  const connection = openFeedConnection();
  let position: string | undefined;
  let seq = 0;
  let sweptAtMs = 0;
  let toldAtMs = 0;
  let isRunning = false;
  let hasTriedLife = false;
  let isWaiting = false;

  const tell = (followers: Iterable<Follower<Frame>>, event: FeedEvent<Shift>) => {
    const frame = encode(event);
    for (const follower of followers) follower.take(frame);
  };
  const sides = watchSides(options.sideSources, {
    tell: (event, revision) => tell(settled, { kind: "side", event, revision }),
    report,
  });
  const dismiss = (followers: readonly Follower<Frame>[]) => {
    tell(followers, { kind: "reset", reason: "What happened since cannot be told one by one any more." });
    for (const follower of followers) {
      settled.delete(follower);
      joining.delete(follower);
      follower.end();
    }
  };

  const advance = async (): Promise<boolean> => {
    const arrivals = [...joining];
    const shared = settled.size > 0 ? position : undefined;
    const isSweep = arrivals.length > 0 || performance.now() - sweptAtMs > sweepMs;
    const from = [...(shared ? [shared] : []), ...arrivals.flatMap((one) => one.position ?? [])];
    const moved = await connection.ask((db) => readAdvance(db, { from, isSweep, readShifts }));
    if (!moved.hasLife && !hasTriedLife) {
      hasTriedLife = true;
      await beginLife();
      return false;
    }
    hasTriedLife = false;
    if (isSweep) sweptAtMs = performance.now();

    const batch = shared === undefined ? undefined : moved.batches.get(shared);
    const isNews = batch !== undefined && batch !== "too-old" && hasNews(batch);
    const toEvent = (news: Batch<Shift>): FeedEvent<Shift> => ({
      kind: "changes",
      position: moved.position,
      seq,
      asOf: moved.asOf,
      ...news,
    });
    if (isNews) seq += 1;
    position = moved.position;
    if (batch === "too-old") dismiss([...settled]);
    if (isNews) tell(settled, toEvent(batch));
    const groups = new Map<string | null, Follower<Frame>[]>();
    for (const one of arrivals) {
      if (joining.delete(one)) groups.set(one.position, [...(groups.get(one.position) ?? []), one]);
    }
    for (const [since, group] of groups) {
      const missed = since === null ? nothing : moved.batches.get(since);
      if (!missed || missed === "too-old") dismiss(group);
      else tell(group, toEvent(missed as Batch<Shift>));
      if (missed && missed !== "too-old") for (const one of group) settled.add(one);
      for (const { event, revision } of sides.known()) tell(group, { kind: "side", event, revision });
    }
    if (isWaiting || performance.now() - toldAtMs > clockMs) {
      isWaiting = false;
      toldAtMs = performance.now();
      tell(settled, { kind: "clock", asOf: moved.asOf });
    }
    return isNews;
  };

  const run = async () => {
    let backoffMs = flushMs;
    while (settled.size + joining.size > 0) {
      try {
        const isNews = await advance();
        sides.look();
        backoffMs = flushMs;
        await pause(isNews ? flushMs : lookMs);
      } catch (error) {
        report(error);
        // A place that cannot be read must not hold up the others.
        if (!outageOf(error)) dismiss([...joining]);
        if (!isWaiting || performance.now() - toldAtMs > clockMs) {
          isWaiting = true;
          toldAtMs = performance.now();
          tell([...settled, ...joining], { kind: "waiting", reason: reasonOf(error) });
        }
        await pause(backoffMs);
        backoffMs = Math.min(backoffMs * 2, longestBackoffMs);
      }
    }
    position = undefined;
    isRunning = false;
    connection.close();
  };

  return {
    follow: (follower) => {
      joining.add(follower);
      if (!isRunning) {
        isRunning = true;
        void run();
      }
      return () => {
        joining.delete(follower);
        settled.delete(follower);
      };
    },
  };
}

const nothing = { changes: [], shifts: [], gone: [] };

function hasNews({ changes, shifts, gone }: Batch<FeedShift>): boolean {
  return changes.length + shifts.length + gone.length > 0;
}

function reasonOf(error: unknown): string {
  if (error instanceof FeedOnStandby) return error.message;
  return outageOf(error)
    ? "The database does not answer."
    : "What happened could not be read; the failure is on record.";
}
