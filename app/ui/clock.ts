import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let second = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  second = Math.floor(Date.now() / 1000);
  for (const listener of listeners) listener();
}

/** Seconds since 1970, one step a second for the whole page; null on the server and while hydrating. */
export function useNowSeconds(): number | null {
  return useSyncExternalStore(
    subscribe,
    () => (second ||= Math.floor(Date.now() / 1000)),
    () => null,
  );
}

/** Seconds since 1970 by this device, to the millisecond: to note when something came. Browser only. */
export function readSeconds(): number {
  return Date.now() / 1000;
}

const never = () => () => {};

/** False on the server and while hydrating. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
