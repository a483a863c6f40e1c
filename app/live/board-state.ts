import { applyChanges } from "./apply-changes";
import type { Board } from "./board";
import type { StreamEvents } from "./stream-events";

/** A board that nobody confirmed for so long is late; after the second it may not be believed. */
const freshness = { lateAfterSeconds: 15, lostAfterSeconds: 60 };

export type Freshness = "fresh" | "late" | "lost";

export type BoardState = {
  board: Board;
  /** The last board that came whole; the stream goes on from it. */
  snapshot: Board;
  /** The server's clock at its last word. */
  heardAt: Date;
  /** The device's clock then; null until the page's script acts. */
  atSeconds: number | null;
  failure: string | null;
  changedIds: ReadonlySet<number>;
};

export type BoardEvent =
  | { kind: "snapshot"; board: Board; atSeconds: number }
  | { kind: "changes"; event: StreamEvents["changes"]; atSeconds: number }
  | { kind: "clock"; asOf: Date; atSeconds: number }
  | { kind: "failure"; reason: string };

const none: ReadonlySet<number> = new Set();

export function startBoard(board: Board): BoardState {
  return { board, snapshot: board, heardAt: board.asOf, atSeconds: null, failure: null, changedIds: none };
}

/** Events that change nothing on the board leave it the same object, so that nothing is drawn again. */
export function reduceBoard(state: BoardState, event: BoardEvent): BoardState {
  switch (event.kind) {
    case "snapshot":
      return { ...startBoard(event.board), atSeconds: event.atSeconds };
    case "changes": {
      const { asOf, shifts, gone } = event.event;
      const heard = { ...state, heardAt: asOf, atSeconds: event.atSeconds, failure: null };
      if (shifts.length + gone.length === 0) return heard;
      const changedIds = new Set([...shifts.map(({ id }) => id), ...gone]);
      return { ...heard, board: applyChanges(state.board, event.event), changedIds };
    }
    case "clock":
      return { ...state, heardAt: event.asOf, atSeconds: event.atSeconds, failure: null };
    case "failure":
      return { ...state, failure: event.reason };
  }
}

export function judgeFreshness(ageSeconds: number): Freshness {
  if (ageSeconds < freshness.lateAfterSeconds) return "fresh";
  return ageSeconds < freshness.lostAfterSeconds ? "late" : "lost";
}
