import { useCallback, useEffect, useRef } from "react";

type Loader = { state: "idle" | "loading" | "submitting"; load: (path: string) => void };

/**
 * Loads one address after the other: one asked for while another is under way waits for it, and of several only the
 * last is loaded. To break a load off would be reported as a failure. The function stays the same.
 */
export function useLoad(fetcher: Loader): (path: string) => void {
  const latest = useRef(fetcher);
  latest.current = fetcher;
  const isUnderWay = useRef(false);
  const waiting = useRef<string | null>(null);

  const load = useCallback((path: string) => {
    if (isUnderWay.current || latest.current.state !== "idle") {
      waiting.current = path;
      return;
    }
    isUnderWay.current = true;
    latest.current.load(path);
  }, []);

  useEffect(() => {
    if (fetcher.state !== "idle") return;
    isUnderWay.current = false;
    const next = waiting.current;
    waiting.current = null;
    if (next !== null) load(next);
  }, [fetcher.state, load]);
  return load;
}
