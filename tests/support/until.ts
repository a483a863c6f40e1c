import { setTimeout as pause } from "node:timers/promises";

/** Polls until `condition` holds. Throws when it does not hold within `withinSeconds`. */
export async function until(
  condition: () => unknown | Promise<unknown>,
  { withinSeconds = 10, everyMs = 25 }: { withinSeconds?: number; everyMs?: number } = {},
): Promise<void> {
  const deadline = performance.now() + withinSeconds * 1000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`It did not come true within ${withinSeconds} s: ${condition}`);
    await pause(everyMs);
  }
}
