import { afterAll, beforeAll, expect, test } from "vitest";

import { startTestConsole, type TestConsole } from "../../support/console";

let ops: TestConsole;

beforeAll(async () => {
  ops = await startTestConsole();
});
afterAll(() => ops?.close());

test("the process says that it lives, and that it is ready", async () => {
  expect((await ops.ask("/healthz")).status).toBe(200);
  const ready = await ops.ask("/readyz");
  expect([ready.status, await ready.json()]).toEqual([200, { status: "ready", reasons: [] }]);
});

test("somebody signed out is led to the sign-in page and back", async () => {
  const answer = await ops.ask("/account");
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/sign-in?to=%2Faccount"]);
  const session = await ops.signIn("ops");
  const account = await ops.ask("/account", { session });
  expect(account.status).toBe(200);
  expect(await account.text()).toContain("ops@test.example");
});
