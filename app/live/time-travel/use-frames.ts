import { useFetcher } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";

import type { clientLoader } from "../../routes/live.board";
import type { Board } from "../board";
import { writeMoment } from "./moment";

const mostFrames = 80;
const retryMs = 4000;

/**
 * Boards of the past by their instant in milliseconds, kept while the page is open: the past does not change. Asks for
 * the first of `wanted` that is missing; whoever wants something else meanwhile is served at once.
 */
export function useFrames(initial: Board, wanted: readonly number[]) {
  const fetcher = useFetcher<typeof clientLoader>({ key: "live-then" });
  const frames = useRef(new Map<number, Board>());
  if (initial.past && frames.current.size === 0) frames.current.set(initial.asOf.getTime(), initial);
  const [failure, setFailure] = useState<string | null>(null);
  const [, setCount] = useState(0);
  const asked = useRef<number | null>(null);
  const load = useRef(fetcher.load);
  load.current = fetcher.load;

  useEffect(() => {
    const brought = fetcher.data;
    const at = asked.current;
    if (!brought || at === null) return;
    asked.current = null;
    if ("failure" in brought) return setFailure(brought.failure);
    setFailure(null);
    frames.current.set(at, brought.answer);
    const [oldest] = frames.current.keys();
    if (frames.current.size > mostFrames && oldest !== undefined) frames.current.delete(oldest);
    setCount((count) => count + 1);
  }, [fetcher.data]);

  const missing = wanted.find((at) => !frames.current.has(at)) ?? null;
  useEffect(() => {
    if (missing === null || missing === asked.current) return;
    const ask = () => {
      asked.current = missing;
      load.current(`/live/board?at=${writeMoment(new Date(missing))}`);
    };
    if (failure === null) return ask();
    const timer = setTimeout(ask, retryMs);
    return () => clearTimeout(timer);
  }, [missing, failure]);

  return { frames: frames.current, failure };
}
