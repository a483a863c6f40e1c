/** A stream of events to one signed-in browser. `signal` aborts when it has to end. */
export type OpenStream = { sessionId: string; staffId: string; signal: AbortSignal; close: () => void };

type Registered = { sessionId: string; controller: AbortController };

// One registry a process: the front server and the Remix build each load this module.
const shared = globalThis as { consoleStreams?: Set<Registered> };
shared.consoleStreams ??= new Set();
const streams = shared.consoleStreams;

/** Registers a stream, so that it ends with its session and with the server. Call `close` when the client has gone. */
export function openStream({ sessionId, staffId }: { sessionId: string; staffId: string }): OpenStream {
  const controller = new AbortController();
  const registered = { sessionId, controller };
  streams.add(registered);
  const close = () => {
    streams.delete(registered);
    controller.abort();
  };
  return { sessionId, staffId, signal: controller.signal, close };
}

export function listStreamingSessions(): string[] {
  return [...new Set([...streams].map(({ sessionId }) => sessionId))];
}

export function countStreamsOf(sessionId: string): number {
  return [...streams].filter((stream) => stream.sessionId === sessionId).length;
}

export function endStreamsOf(sessionIds: readonly string[]): void {
  for (const stream of streams) {
    if (!sessionIds.includes(stream.sessionId)) continue;
    streams.delete(stream);
    stream.controller.abort();
  }
}

export function endAllStreams(): void {
  endStreamsOf(listStreamingSessions());
}
