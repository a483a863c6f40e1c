import type { BoardShift } from "./board";

/** What a page of the live room hears, as `/live/stream` sends it; `id:` of a `changes` event is the place after it. */
export type StreamEvents = {
  changes: {
    /** One more with each event that follows on one connection. */
    seq: number;
    asOf: Date;
    changes: [topic: string, entityId: number, op: string][];
    /** Shifts of the board that changed, whole. */
    shifts: BoardShift[];
    /** Ids of shifts that are not on the board, or not any more. */
    gone: number[];
  };
  /** The page cannot catch up: it takes a fresh board. */
  reset: { reason: string };
  /** Nothing has happened until then that the page was not told. */
  clock: { asOf: Date };
  /** The server cannot tell what happens at the moment. */
  waiting: { reason: string };
};

/** What changes beside the board; the page hears `{ revision }` and fetches what it shows of it. */
export const sideEvents = ["alarms", "marks"] as const;
export type SideEvent = (typeof sideEvents)[number];

/** Reads the data of one event. Instants are text there, under names that end in `at`. */
export function parseEvent<Kind extends keyof StreamEvents>(text: string): StreamEvents[Kind] {
  return JSON.parse(text, (key, value) =>
    typeof value === "string" && (key === "at" || key === "asOf" || key.endsWith("At")) ? new Date(value) : value,
  );
}
