import { setTimeout as pause } from "node:timers/promises";

import { explainFailure } from "./explain-failure.server";

/** What one process opens and must end. */
export type Life = {
  /** Aborts when the process is asked to stop. */
  signal: AbortSignal;
  /** Ends are called last in, first out; `now` takes no time and serves where somebody asks a second time. */
  atEnd: (end: () => unknown, now?: () => void) => void;
  /** Waits for work that opens nothing: a stop goes on without it, and it fails with what it uses. */
  unlessStopped: <Result>(work: Promise<Result>) => Promise<Result>;
};

const secondAskMs = 1_000;
const settleMs = 20_000;

/**
 * Runs `main` until the process is asked to stop, by SIGINT, SIGTERM, SIGHUP, a failure or the death of the npm that
 * started it, then ends everything in order and exits: 0 after a signal, 1 after a failure, 130 when a second
 * signal forced it. npm passes on a Ctrl-C that the terminal already sent, so the second must be a second younger.
 */
export async function live(main: (life: Life) => Promise<void>): Promise<never> {
  const stopping = new AbortController();
  const ends: { end: () => unknown; now: (() => void) | undefined }[] = [];
  let exitCode = 0;
  let askedAt = 0;

  const fail = (error: unknown) => {
    if (stopping.signal.aborted) return;
    console.error(explainFailure(error));
    exitCode = 1;
    stopping.abort();
  };
  const ask = () => {
    if (!stopping.signal.aborted) {
      askedAt = Date.now();
      console.log("Stopping.");
      return stopping.abort();
    }
    if (Date.now() - askedAt < secondAskMs) return;
    for (const { now } of ends.reverse()) now?.();
    process.exit(130);
  };
  const runEnds = async () => {
    for (let next = ends.at(-1); next; next = ends.at(-1)) {
      try {
        await next.end();
      } catch (error) {
        console.error(explainFailure(error));
        exitCode = 1;
      }
      ends.splice(ends.indexOf(next), 1);
    }
  };

  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, ask);
  process.on("uncaughtException", fail);
  // A terminal or a reader that has gone must not keep the ends from running.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  watchParent(ask);

  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  const working = main({
    signal: stopping.signal,
    atEnd: (end, now) => ends.push({ end, now }),
    unlessStopped: (work) => Promise.race([work, stopped.then(() => Promise.reject(stopping.signal.reason))]),
  }).catch(fail);
  await stopped;
  await runEnds();
  await Promise.race([working, pause(settleMs)]);
  await runEnds();
  process.exit(exitCode);
}

/** An npm that is killed cannot pass on a signal; its child is then given to another parent. */
function watchParent(ask: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    ask();
  }, 500);
}
