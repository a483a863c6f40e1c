import { parseEvent, type SideEvent, type StreamEvents, sideEvents } from "./stream-events";
import { announceSide } from "./use-live-event";

type Listener = {
  onChanges: (event: StreamEvents["changes"]) => void;
  onClock: (event: StreamEvents["clock"]) => void;
  /** Why nothing comes at the moment. */
  onWaiting: (reason: string) => void;
  /** The page must take a fresh board: it cannot catch up, or the server refused the stream and says why there. */
  onLost: () => void;
};

const firstRetryMs = 500;
const longestRetryMs = 4_000;
/** A server that says nothing for so long is not there, whatever the connection pretends. */
const silenceMs = 12_000;
/** A page out of view stops listening after this, so that tabs left open cost nothing. */
const hiddenMs = 30_000;

/**
 * Listens to the stream from `cursor` on and goes on from the last event after each break, without loss; pauses while
 * the page is out of view. Returns the function that ends it.
 */
export function followStream(cursor: string, listener: Listener): () => void {
  let after = cursor;
  let source: EventSource | undefined;
  let retryMs = firstRetryMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hiding: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  const disconnect = () => {
    source?.close();
    source = undefined;
    clearTimeout(timer);
  };
  const retry = () => {
    disconnect();
    timer = setTimeout(connect, retryMs * (0.5 + Math.random() / 2));
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  };
  const lose = () => {
    end();
    listener.onLost();
  };
  const heard = () => {
    retryMs = firstRetryMs;
    clearTimeout(timer);
    timer = setTimeout(retry, silenceMs);
  };

  const connect = () => {
    disconnect();
    if (isOver) return;
    const opened = new EventSource(`/live/stream?${new URLSearchParams({ after })}`);
    source = opened;
    timer = setTimeout(retry, silenceMs);
    const on = (name: string, take: (event: MessageEvent<string>) => void) =>
      opened.addEventListener(name, (event) => {
        heard();
        take(event as MessageEvent<string>);
      });
    let seq: number | undefined;
    on("changes", ({ data, lastEventId }) => {
      const event = parseEvent<"changes">(data);
      if (seq !== undefined && event.seq !== seq + 1) return retry();
      seq = event.seq;
      after = lastEventId || after;
      listener.onChanges(event);
    });
    on("clock", ({ data }) => listener.onClock(parseEvent<"clock">(data)));
    on("waiting", ({ data }) => listener.onWaiting(parseEvent<"waiting">(data).reason));
    on("reset", lose);
    for (const name of sideEvents) on(name, ({ data }) => announceSide(name as SideEvent, JSON.parse(data).revision));
    opened.addEventListener("error", () => (opened.readyState === EventSource.CLOSED ? lose() : retry()));
  };

  const onVisibility = () => {
    clearTimeout(hiding);
    if (document.visibilityState === "hidden") hiding = setTimeout(disconnect, hiddenMs);
    else if (!source) {
      retryMs = firstRetryMs;
      connect();
    }
  };
  const end = () => {
    isOver = true;
    disconnect();
    clearTimeout(hiding);
    document.removeEventListener("visibilitychange", onVisibility);
  };

  document.addEventListener("visibilitychange", onVisibility);
  connect();
  return end;
}
