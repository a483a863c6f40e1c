/** One bell a process: the front server and the Remix build each load this module. */
const registry = globalThis as { consoleRunBell?: EventTarget };
registry.consoleRunBell ??= new EventTarget();
const bell = registry.consoleRunBell;

/** Wakes the runners of this process; those of other instances look every half second. */
export function announceRun(): void {
  bell.dispatchEvent(new Event("queued"));
}

/** Resolves at the next announcement, at the latest after `ms`, or when `signal` is aborted. */
export function nextRun(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      bell.removeEventListener("queued", wake);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    bell.addEventListener("queued", wake);
    signal.addEventListener("abort", wake);
    if (signal.aborted) wake();
  });
}
