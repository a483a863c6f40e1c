import { once } from "node:events";

import { afterEach, expect, test } from "vitest";

import { startTestConsole, type TestConsole } from "../../support/console";
import { openRaw, readAll } from "../../support/raw-request";

let ops: TestConsole | undefined;
afterEach(() => ops?.close());

test("a stop ends the streams, lets an answer under way finish, says not ready, and ends the process in time", async () => {
  ops = await startTestConsole();
  const session = await ops.signIn("ops");
  const stream = await ops.ask("/test/stream", { session });
  const events = stream.text();

  const body = "intent=revoke-others";
  const form = await openRaw(ops.url);
  const host = new URL(ops.url).host;
  form.write(
    `POST /account HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${ops.url}\r\nCookie: ${session}\r\n` +
      `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`,
  );
  const probe = await openRaw(ops.url);
  probe.write(`GET /readyz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n`);
  await ops.ask("/healthz");

  const startedAt = performance.now();
  const stopped = ops.stop();
  expect(await events).toContain("event: end");
  const [formAnswer, probeAnswer] = [readAll(form), readAll(probe)];
  probe.write("\r\n");
  form.write(body);
  expect(await probeAnswer).toMatch(/^HTTP\/1\.1 503 [\s\S]*The server is stopping/);
  expect(await formAnswer).toMatch(/^HTTP\/1\.1 302 [\s\S]*[Ll]ocation: \/account\?ended=/);
  await stopped;
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

test("a client that never finishes does not hold up the stop for longer than its deadline", async () => {
  ops = await startTestConsole();
  const slow = await openRaw(ops.url);
  slow.write(
    `POST /sign-in HTTP/1.1\r\nHost: ${new URL(ops.url).host}\r\nOrigin: ${ops.url}\r\nContent-Length: 99\r\n\r\nx`,
  );
  await ops.ask("/healthz");
  const closed = once(slow, "close");
  const startedAt = performance.now();
  await ops.stop();
  await closed;
  expect(performance.now() - startedAt).toBeLessThan(11_000);
});
