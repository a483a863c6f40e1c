import type { Writable } from "node:stream";

/** The reader went, the stream was ended, or nothing was read for too long. */
export class StreamEnded extends Error {}

/**
 * Writes each chunk once the reader has taken those before it, so that a slow reader holds back `chunks` and no memory
 * grows. Throws StreamEnded when `signal` aborts, the stream closes, or nothing is read for `stallSeconds`.
 */
export async function writeChunks(
  stream: Writable,
  chunks: AsyncIterable<string>,
  { signal, stallSeconds }: { signal: AbortSignal; stallSeconds: number },
): Promise<void> {
  for await (const chunk of chunks) {
    if (signal.aborted || stream.destroyed) throw new StreamEnded("The stream was ended.");
    if (!stream.write(chunk)) await drained(stream, signal, stallSeconds);
  }
}

function drained(stream: Writable, signal: AbortSignal, stallSeconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (ended?: string) => {
      clearTimeout(timer);
      stream.off("drain", onDrain);
      stream.off("close", onClose);
      signal.removeEventListener("abort", onAbort);
      if (ended) reject(new StreamEnded(ended));
      else resolve();
    };
    const onDrain = () => settle();
    const onClose = () => settle("The reader went.");
    const onAbort = () => settle("The stream was ended.");
    const timer = setTimeout(() => settle(`Nothing was read for ${stallSeconds} s.`), stallSeconds * 1000);
    stream.on("drain", onDrain);
    stream.on("close", onClose);
    signal.addEventListener("abort", onAbort);
  });
}
