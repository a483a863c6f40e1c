import type { FeedEvent } from "../../db/live/feed/feed";
import type { BoardShift } from "./board";
import type { StreamEvents } from "./stream-events";

/** One event as the bytes of a stream; the same for whoever hears it. */
export function toFrame(event: FeedEvent<BoardShift>): Buffer {
  switch (event.kind) {
    case "changes": {
      const { position, seq, asOf, shifts, gone } = event;
      const changes = event.changes.map(({ topic, entityId, op }): [string, number, string] => [topic, entityId, op]);
      return frame("changes", { seq, asOf, changes, shifts, gone } satisfies StreamEvents["changes"], position);
    }
    case "reset":
      return frame("reset", { reason: event.reason } satisfies StreamEvents["reset"], "");
    case "clock":
      return frame("clock", { asOf: event.asOf } satisfies StreamEvents["clock"]);
    case "waiting":
      return frame("waiting", { reason: event.reason } satisfies StreamEvents["waiting"]);
    case "side":
      return frame(event.event, { revision: event.revision });
  }
}

function frame(name: string, content: object, id?: string): Buffer {
  const head = id === undefined ? "" : `id: ${id}\n`;
  return Buffer.from(`${head}event: ${name}\ndata: ${JSON.stringify(content)}\n\n`);
}
