import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { startTestConsole, type TestConsole } from "../../support/console";
import { until } from "../../support/until";

let ops: TestConsole;
let session: string;

beforeAll(async () => {
  ops = await startTestConsole();
  session = await ops.signIn("admin");
});
afterEach(() => ops.proxy.restore());
afterAll(() => ops?.close());

async function timed(path: string, init: Parameters<TestConsole["ask"]>[1] = {}) {
  const startedAt = performance.now();
  const answer = await ops.ask(path, { session, ...init });
  const text = await answer.text();
  return { answer, text, status: answer.status, milliseconds: performance.now() - startedAt };
}

describe.each([
  ["is gone", () => ops.proxy.cut()],
  ["says nothing any more", async () => ops.proxy.freeze()],
])("when the database %s", (_, takeAway) => {
  test("pages answer 503 within two seconds, in words, and work again within five of its return", async () => {
    expect((await timed("/account")).status).toBe(200);
    await takeAway();
    for (const path of ["/account", "/account.data", "/staff", "/"]) {
      const { answer, status, text, milliseconds } = await timed(path);
      expect([path, status]).toEqual([path, 503]);
      expect(milliseconds).toBeLessThan(2_000);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(text).toContain("The database does not answer");
      expect(text).not.toMatch(/ECONN|CONNECT|postgres|select |127\.0\.0\.1/i);
    }
    const body = new URLSearchParams({ email: "ops@test.example", password: "whatever it is" });
    const signIn = await timed("/sign-in", { method: "POST", body, session: undefined });
    expect([signIn.status, signIn.milliseconds < 2_000]).toEqual([503, true]);

    await ops.proxy.restore();
    await until(async () => (await timed("/account")).status === 200, { withinSeconds: 5 });
  });

  test("the process lives but is not ready, and says why", async () => {
    await takeAway();
    const [health, ready] = await Promise.all([timed("/healthz"), timed("/readyz")]);
    expect([health.status, health.milliseconds < 500]).toEqual([200, true]);
    expect([ready.status, ready.milliseconds < 2_000]).toEqual([503, true]);
    expect(JSON.parse(ready.text).reasons).toEqual([
      "The SecuryFlex database does not answer.",
      "The console's own database does not answer.",
    ]);
    await ops.proxy.restore();
    await until(async () => (await timed("/readyz")).status === 200, { withinSeconds: 5 });
  });
});
