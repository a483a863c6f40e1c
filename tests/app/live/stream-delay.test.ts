import { expect, test } from "vitest";

import { measureCommitToEvent } from "../../bench/live-stream";

test("a check-in reaches a page in less than a second, as the bench measures it", async () => {
  const measured = await measureCommitToEvent({ count: 20 });
  expect(measured.n).toBe(20);
  expect(measured.p50Ms).toBeGreaterThan(0);
  expect(measured.p50Ms).toBeLessThan(1_000);
}, 240_000);
