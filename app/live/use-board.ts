import { useFetcher } from "@remix-run/react";
import { useEffect, useReducer } from "react";

import { readSeconds, useNowSeconds } from "~/ui/clock";
import { useLoad } from "~/ui/use-load";
import type { clientLoader } from "../routes/live.board";
import type { Board } from "./board";
import { type Freshness, judgeFreshness, reduceBoard, startBoard } from "./board-state";
import { followStream } from "./follow-stream";
import { useLiveEvent } from "./use-live-event";

const stepSeconds = 10;
const retrySeconds = 5;

export type BoardReading = {
  board: Board;
  /** The server's time, in steps that spare the map; what ages on the board is measured against it. */
  now: Date;
  /** Since the server last said that the board is what it is. */
  ageSeconds: number;
  /** That moment, by the server's clock. */
  heardAt: Date;
  freshness: Freshness;
  /** Why nothing comes at the moment; null while it does. */
  failure: string | null;
  /** Shifts that the last event brought or took. */
  changedIds: ReadonlySet<number>;
};

/**
 * The board that the page came with, kept up to date by the stream: it catches up after every break, and takes a fresh
 * board where it cannot. A board without a cursor grows old.
 */
export function useBoard(initial: Board): BoardReading {
  const [state, dispatch] = useReducer(reduceBoard, initial, startBoard);
  const { board, snapshot } = state;
  useEffect(() => dispatch({ kind: "snapshot", board: initial, atSeconds: readSeconds() }), [initial]);

  const fetcher = useFetcher<typeof clientLoader>({ key: "live-board" });
  const load = useLoad(fetcher);
  useEffect(() => {
    const brought = fetcher.data;
    if (!brought) return;
    if ("answer" in brought) return dispatch({ kind: "snapshot", board: brought.answer, atSeconds: readSeconds() });
    dispatch({ kind: "failure", reason: brought.failure });
    const timer = setTimeout(() => load("/live/board"), retrySeconds * 1000);
    return () => clearTimeout(timer);
  }, [fetcher.data, load]);

  useEffect(() => {
    if (snapshot.cursor === null) return;
    const beganAt = readSeconds();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = followStream(snapshot.cursor, {
      onChanges: (event) => dispatch({ kind: "changes", event, atSeconds: readSeconds() }),
      onClock: ({ asOf }) => dispatch({ kind: "clock", asOf, atSeconds: readSeconds() }),
      onWaiting: (reason) => dispatch({ kind: "failure", reason }),
      onLost: () => {
        // A stream that is refused again and again is asked for no more often.
        const waitSeconds = readSeconds() - beganAt < retrySeconds ? retrySeconds : 0;
        timer = setTimeout(() => load("/live/board"), waitSeconds * 1000);
      },
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [snapshot, load]);

  useLiveEvent("marks", (revision) => {
    if (revision !== board.marks) load("/live/board");
  });

  const nowSeconds = useNowSeconds();
  const ageSeconds = nowSeconds === null || state.atSeconds === null ? 0 : Math.max(0, nowSeconds - state.atSeconds);
  const serverMs = state.heardAt.getTime() + ageSeconds * 1000;
  const steppedMs = Math.floor(serverMs / (stepSeconds * 1000)) * stepSeconds * 1000;
  return {
    board,
    now: new Date(Math.max(board.asOf.getTime(), steppedMs)),
    ageSeconds,
    heardAt: state.heardAt,
    freshness: judgeFreshness(ageSeconds),
    failure:
      snapshot.cursor === null ? "SecuryFlex is read from a standby, which cannot tell what changes." : state.failure,
    changedIds: state.changedIds,
  };
}
