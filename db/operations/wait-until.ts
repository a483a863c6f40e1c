import { setTimeout as sleep } from "node:timers/promises";

const everyMs = 200;

/** Polls until `condition` holds; false where it did not within `seconds`. Throws the reason of `signal`. */
export async function waitUntil(
  condition: () => Promise<boolean>,
  seconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  for (const deadline = Date.now() + seconds * 1000; ; await sleep(everyMs)) {
    if (await condition()) return true;
    signal.throwIfAborted();
    if (Date.now() > deadline) return false;
  }
}
