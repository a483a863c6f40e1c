import { useEffect, useRef } from "react";

import type { SideEvent } from "./stream-events";

const listeners = new Map<SideEvent, Set<(revision: string) => void>>();
const revisions = new Map<SideEvent, string>();

/** Calls `callback` each time the stream says that this has changed, also when it did while nobody was connected. */
export function useLiveEvent(event: SideEvent, callback: (revision: string) => void): void {
  const latest = useRef(callback);
  latest.current = callback;
  useEffect(() => {
    const listen = (revision: string) => latest.current(revision);
    const all = listeners.get(event) ?? new Set();
    listeners.set(event, all.add(listen));
    return () => void all.delete(listen);
  }, [event]);
}

/** For the stream: what it heard of `event`. A revision that is known already is told to nobody. */
export function announceSide(event: SideEvent, revision: string): void {
  if (revisions.get(event) === revision) return;
  revisions.set(event, revision);
  for (const listen of listeners.get(event) ?? []) listen(revision);
}
