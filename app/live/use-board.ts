import { useFetcher } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";

import { readSeconds, useNowSeconds } from "~/ui/clock";
import type { clientLoader } from "../routes/live.board";
import type { Board } from "./board";

const pollSeconds = 15;
const stepSeconds = 10;
/** A board older than this is late; older than the second it may not be believed. */
const freshness = { lateAfterSeconds: 45, lostAfterSeconds: 120 };

export type Freshness = "fresh" | "late" | "lost";

export type BoardReading = {
  board: Board;
  /** The server's time, in steps that spare the map; what ages on the board is measured against it. */
  now: Date;
  ageSeconds: number;
  freshness: Freshness;
  /** Why the last poll brought nothing; null after one that did. */
  failure: string | null;
};

/** The board that the page came with, asked for again every 15 seconds while the page is in view. */
export function useBoard(initial: Board): BoardReading {
  const fetcher = useFetcher<typeof clientLoader>({ key: "live-board" });
  const [received, setReceived] = useState<{ board: Board; atSeconds: number | null }>({
    board: initial,
    atSeconds: null,
  });
  const [failure, setFailure] = useState<string | null>(null);
  const load = useRef(fetcher.load);
  load.current = fetcher.load;

  useEffect(() => {
    setReceived(({ board }) => ({ board, atSeconds: readSeconds() }));
    const poll = () => {
      if (document.visibilityState === "visible") load.current("/live/board");
    };
    const timer = setInterval(poll, pollSeconds * 1000);
    document.addEventListener("visibilitychange", poll);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", poll);
    };
  }, []);

  useEffect(() => {
    const brought = fetcher.data;
    if (!brought) return;
    if ("failure" in brought) return setFailure(brought.failure);
    setFailure(null);
    setReceived({ board: brought.answer, atSeconds: readSeconds() });
  }, [fetcher.data]);

  const nowSeconds = useNowSeconds();
  const { board, atSeconds } = received;
  const ageSeconds = nowSeconds === null || atSeconds === null ? 0 : Math.max(0, nowSeconds - atSeconds);
  const steppedSeconds = Math.floor(ageSeconds / stepSeconds) * stepSeconds;
  return {
    board,
    now: new Date(board.asOf.getTime() + steppedSeconds * 1000),
    ageSeconds,
    freshness: judge(ageSeconds),
    failure,
  };
}

function judge(ageSeconds: number): Freshness {
  if (ageSeconds < freshness.lateAfterSeconds) return "fresh";
  return ageSeconds < freshness.lostAfterSeconds ? "late" : "lost";
}
