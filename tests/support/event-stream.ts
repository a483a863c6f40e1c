import { parseEvent, type StreamEvents } from "../../app/live/stream-events";

export type Heard = {
  name: string;
  /** Empty where it had none. */
  id: string;
  text: string;
  /** What a `changes` event says was written; empty for others. */
  changes: StreamEvents["changes"]["changes"];
};

export type EventStream = {
  events: Heard[];
  /** The id of the last event that had one; where a client goes on. */
  lastId: () => string | undefined;
  /** `changes` events, parsed. */
  changes: StreamEvents["changes"][];
  /** Resolves when the server has ended it, or it was closed. */
  ended: Promise<void>;
  close: () => void;
};

type Ask = (path: string, init?: RequestInit & { session?: string }) => Promise<Response>;

/**
 * One connection to `/live/stream`, read as a browser reads it. `onEvent` hears each event at once. Throws where the
 * answer is no stream.
 */
export async function openEventStream(
  ask: Ask,
  { session, after, onEvent }: { session: string; after?: string | undefined; onEvent?: (event: Heard) => void },
): Promise<EventStream> {
  const closing = new AbortController();
  const headers: Record<string, string> = after === undefined ? {} : { "Last-Event-ID": after };
  const answer = await ask("/live/stream", { session, headers, signal: closing.signal });
  if (answer.status !== 200 || !answer.body) throw new Error(`The stream was refused: ${answer.status}.`);
  const events: Heard[] = [];
  const changes: StreamEvents["changes"][] = [];
  const read = async (body: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const bytes of body as unknown as AsyncIterable<Uint8Array>) {
      const blocks = (rest + decoder.decode(bytes, { stream: true })).split("\n\n");
      rest = blocks.pop() as string;
      for (const block of blocks) {
        const fields = new Map(block.split("\n").map((line) => line.split(/: (.*)/s) as [string, string]));
        if (!fields.has("event")) continue;
        const [name = "", id = "", text = ""] = ["event", "id", "data"].map((field) => fields.get(field));
        const told = name === "changes" ? parseEvent<"changes">(text) : undefined;
        if (told) changes.push(told);
        const event = { name, id, text, changes: told?.changes ?? [] };
        events.push(event);
        onEvent?.(event);
      }
    }
  };
  return {
    events,
    lastId: () => events.findLast(({ id }) => id !== "")?.id,
    changes,
    ended: read(answer.body).catch(() => {}),
    close: () => closing.abort(),
  };
}
