import { expect, test } from "vitest";

import { openClient } from "../../../db/connections";
import { measureCommitToEvent } from "../../bench/live-stream";
import { startTestConsole } from "../../support/console";
import { playLiveDay } from "../../support/live-day";

const guards = 40;

test("a check-in reaches a page in less than a second, as the bench measures it", async () => {
  const ops = await startTestConsole();
  const product = openClient(ops.environment.DATABASE_URL as string, { max: 1, applicationName: "tests" });
  try {
    await playLiveDay(product, guards);
    const measured = await measureCommitToEvent(ops, { guards, ...(process.env.SOAK ? {} : { count: 20 }) });
    if (process.env.SOAK) console.log("commit to event", measured);
    expect(measured.n).toBe(process.env.SOAK ? 200 : 20);
    expect(measured.p50Ms).toBeGreaterThan(0);
    expect(measured.p50Ms).toBeLessThan(1_000);
    if (process.env.SOAK) console.log("at 10 a second", await measureCommitToEvent(ops, { guards, everyMs: 100 }));
  } finally {
    await product.end();
    await ops.close();
  }
}, 240_000);
